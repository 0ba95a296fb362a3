using System.Text.RegularExpressions;
using System.Xml.Linq;
using ProbNet.Charts;

namespace ProbNet.Tests.Charts;

public class ReportTests
{
    private static readonly Chart Line = new Chart("a line").Line([0, 1], [0, 1]);

    private static XElement Body(Report report) =>
        XElement.Parse(Regex.Match(report.ToHtml(), "<body>.*</body>", RegexOptions.Singleline).Value);

    [Fact]
    public void ToHtml_AllParts_StandInOrderAndNeedNothingElse()
    {
        string html = new Report("Results").Paragraph("intro").Heading("Charts").Figure(Line, "caption").Row(Line, new ImageGrid().Add([1], 1, 1))
            .Table(new ReportTable("a").Row(1)).Preformatted("x  y\n  z").ToHtml();

        string[] parts = ["<h1>Results", "<p>intro", "<h2>Charts", "<figure><svg", "<figcaption>caption", "class=\"row\"", "<table>", "<pre>x  y\n  z"];
        int[] places = [.. parts.Select(p => html.IndexOf(p, StringComparison.Ordinal))];
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
        Assert.Single(Regex.Matches(html, "<style>"));
        Assert.Contains("prefers-color-scheme:dark", html);
        Assert.DoesNotContain("<script", html);
        Assert.DoesNotMatch("(src|href)=\"(?!data:)", html);
        Assert.DoesNotContain("http", html.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal));
    }

    [Fact]
    public void ToHtml_MarkupInTexts_IsEscaped()
    {
        const string Nasty = "<script>alert('&')</script>";

        Report report = new Report(Nasty).Paragraph(Nasty).Heading(Nasty).Preformatted(Nasty).Figure(Line, Nasty)
            .Table(new ReportTable(Nasty) { Caption = Nasty }.Row(Nasty));

        Assert.DoesNotContain("<script", report.ToHtml());
        Assert.Equal(8, Body(report).Descendants().Count(e => !e.HasElements && e.Value == Nasty));
    }

    [Fact]
    public void Table_Columns_AlignNumbersOnly()
    {
        Report report = new Report("t").Table(new ReportTable("model", "nll", "rmse", "share") { Digits = 2 }
            .Row("Normal", 4.176, "23.1 ± 0.4", "91 %")
            .Row("5 mixtures", -0.0004, null, "n/a")
            .Row("7", double.NegativeInfinity, 12, 3L));

        XElement[] rows = [.. Body(report).Descendants("tr")];
        Assert.Equal(["4.18", "0.00", "−∞"], rows.Skip(1).Select(r => r.Elements().ElementAt(1).Value));
        Assert.All(rows, r => Assert.Equal([null, "number", "number", null], r.Elements().Select(c => c.Attribute("class")?.Value)));
    }

    [Fact]
    public void Row_WrongNumberOfCells_NamesRowAndColumns()
    {
        string message = Assert.Throws<ArgumentException>(() => new ReportTable("a", "b").Row(1, 2).Row(1)).Message;

        Assert.StartsWith("ReportTable: row 1 has 1 cells, but the table has 2 columns.", message);
    }

    [Fact]
    public void Row_WideCharts_AreDrawnNarrowerAndKeepTheirSizeElsewhere()
    {
        XElement body = Body(new Report("r").Row(Line, Line).Figure(Line));

        double[] widths = [.. body.Descendants(Svg.Namespace + "svg").Where(s => s.Attribute("role") is not null).Select(s => s.Number("width"))];
        Assert.Equal(3, widths.Length);
        Assert.True(widths[0] <= 480 && widths[1] <= 480);
        Assert.Equal(640, widths[2]);
    }
}
