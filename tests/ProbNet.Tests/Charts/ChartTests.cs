using System.Globalization;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using ProbNet.Charts;

namespace ProbNet.Tests.Charts;

public class ChartTests
{
    private static readonly double[] X = [0, 1, 2, 3];
    private static readonly double[] Y = [1, 3, 2, 4];

    private static Chart Everything() => new Chart("All marks") { Subtitle = "one of each", XLabel = "time (s)", YLabel = "height (m)" }
        .Band(X, [0, 1, 1, 2], [2, 4, 3, 5], "90 %")
        .Band(X, [0.5, 2, 1.5, 3], [1.5, 3.5, 2.5, 4.5], "50 %")
        .Line(X, Y, "mean")
        .Area(X, [0.5, 0.5, 0.2, 0.1], "density", LineStyle.Dotted)
        .Steps([0, 1, 2, 3, 4], Y, "steps")
        .Bars([0, 1, 2], [1, 2], "bars")
        .Histogram([0.5, 0.6, 2.5], "counts", bins: 3)
        .Scatter(X, Y, "data")
        .HorizontalLine(2, "limit")
        .VerticalLine(1.5, "now")
        .Text(1, 1, "here");

    [Fact]
    public void ToSvg_EveryMark_IsWellFormedFiniteAndNamed()
    {
        XElement root = Svg.Parse(Everything().ToSvg());

        Svg.AssertFinite(root);
        Assert.Equal("img", root.Attribute("role")!.Value);
        Assert.Equal("All marks", root.Element(Svg.Namespace + "title")!.Value);
        Assert.Contains("height (m) against time (s)", root.Element(Svg.Namespace + "desc")!.Value);
        Assert.Contains("mean (line)", root.Element(Svg.Namespace + "desc")!.Value);
        Assert.Contains("prefers-color-scheme:dark", root.Element(Svg.Namespace + "style")!.Value);
        Assert.Contains(root.Named("text"), t => t.Value == "here");
    }

    [Fact]
    public void ToSvg_SameChartTwiceInAnotherCulture_GivesTheSameText()
    {
        string invariant = Everything().ToSvg();
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        odd.NumberFormat.NumberDecimalSeparator = ",";
        odd.NumberFormat.NegativeSign = "~";
        try
        {
            CultureInfo.CurrentCulture = odd;
            Assert.Equal(invariant, Everything().ToSvg());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void ToSvg_MarkupAndControlCharactersInTexts_AreEscaped()
    {
        const string Nasty = "a<b> & \"c\" '\u0001\ud800]]>";
        const string Shown = "a<b> & \"c\" '\ufffd\ufffd]]>";

        XElement root = Svg.Parse(new Chart(Nasty) { XLabel = Nasty, YLabel = Nasty, Description = Nasty }.Line(X, Y, Nasty).Text(1, 2, Nasty).ToSvg());

        Assert.Equal(Shown, root.Element(Svg.Namespace + "title")!.Value);
        Assert.Equal(Shown, root.Element(Svg.Namespace + "desc")!.Value);
        Assert.Equal(5, root.Named("text").Count(t => t.Value == Shown));
    }

    [Fact]
    public void Line_NaNAndInfinityInside_LeavesGaps()
    {
        XElement root = Svg.Parse(new Chart().Line([0, 1, 2, 3, 4, 5, 6], [1, 2, double.NaN, 3, double.PositiveInfinity, 4, 5], "gappy").ToSvg());

        string path = root.Layer("gappy").Path();
        Assert.Equal(3, Svg.Pieces(path));
        Assert.Contains("h0", path);
        Svg.AssertFinite(root);
    }

    [Fact]
    public void Band_NaNInside_FillsTwoPieces()
    {
        XElement root = Svg.Parse(new Chart().Band([0, 1, 2, 3, 4], [0, 0, double.NaN, 0, 0], [1, 1, 1, 1, 1], "band").ToSvg());

        Assert.Equal(2, Svg.Pieces(root.Layer("band").Path()));
    }

    [Fact]
    public void Line_NotPositiveOnLogAxis_LeavesGap()
    {
        XElement root = Svg.Parse(new Chart { YScale = AxisScale.Log }.Line([0, 1, 2, 3, 4], [1, 10, 0, 100, 1000], "loss").ToSvg());

        Assert.Equal(2, Svg.Pieces(root.Layer("loss").Path()));
        Assert.Equal(["1", "10", "100", "1000"], root.TickLabels()[1].Where(l => l.StartsWith('1')));
    }

    [Fact]
    public void Line_ManyPointsPerPixel_KeepsExtremesInFewPoints()
    {
        double[] x = [.. Enumerable.Range(0, 100_000).Select(i => (double)i)];
        double[] y = new double[x.Length];
        y[54_321] = 1;

        string path = Svg.Parse(new Chart().Line(x, y, "spike").ToSvg()).Layer("spike").Path();

        Assert.True(path.Count(c => c == 'L') < 4 * 640, $"{path.Length} characters");
        double top = path.Split('M', 'L').Where(p => p.Length > 0).Min(p => double.Parse(p.Split(' ')[1], CultureInfo.InvariantCulture));
        // The plot is 400 pixels high; the spike ends one margin of 5/110 of it below the top.
        Assert.InRange(top, 10, 20);
    }

    [Fact]
    public void Scatter_EqualPoints_AreDrawnOnce()
    {
        XElement root = Svg.Parse(new Chart().Scatter([1, 1, 2], [1, 1, 2], "data").ToSvg());

        Assert.Equal(2, Svg.Pieces(root.Layer("data").Path()));
    }

    public static TheoryData<double[]> DegenerateValues => new()
    {
        Array.Empty<double>(),
        new[] { double.NaN, double.NegativeInfinity },
        new[] { 5.0, 5.0 },
        new[] { 0.0 },
        new[] { -1e-320, 1e-320 },
        new[] { double.MinValue, double.MaxValue },
        new[] { 1e9, 1e9 + 1e-6 },
    };

    [Theory]
    [MemberData(nameof(DegenerateValues))]
    public void ToSvg_EmptyOrConstantOrExtremeData_HasAxesWithTicks(double[] values)
    {
        foreach (AxisScale scale in Enum.GetValues<AxisScale>())
        {
            Chart chart = new Chart { XScale = scale, YScale = scale }
                .Line(values, values).Scatter(values, values).Area(values, values).Band(values, values, values).Histogram(values);

            XElement root = Svg.Parse(chart.ToSvg());

            Svg.AssertFinite(root);
            Assert.All(root.TickLabels(), labels => Assert.True(labels.Length >= 2));
        }
    }

    [Fact]
    public void ToSvg_AnyValues_IsWellFormedAndFinite() =>
        Prop.ForAll<double[], bool>((values, log) =>
        {
            AxisScale scale = log ? AxisScale.Log : AxisScale.Linear;
            XElement root = Svg.Parse(new Chart { XScale = scale, YScale = scale }
                .Line(values, values, "a").Band(values, values, [.. values.Reverse()]).Scatter(values, [.. values.Reverse()]).Histogram(values, density: true).ToSvg());
            Svg.AssertFinite(root);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Fit_DensityThatIsNowhereNegative_StartsItsAxisAtZeroUnlessDotsNeedRoom()
    {
        Extent curve = new(AxisScale.Linear);
        curve.Include([0.001, 0.9]);
        Extent dots = new(AxisScale.Linear) { HasPoints = true };
        dots.Include([0.001, 0.9]);

        Assert.Equal(0, Axis.Fit(curve, fixedRange: null, padding: 0.05).Low);
        Assert.True(Axis.Fit(dots, fixedRange: null, padding: 0.05).Low < 0);
    }

    [Fact]
    public void ToSvg_BandLineScatter_SharesTheHueAndDrawsDataInInk()
    {
        XElement root = Svg.Parse(new Chart().Band(X, Y, Y, "band").Line(X, Y, "first").Band(X, Y, Y, "other").Line(X, Y, "second").Scatter(X, Y, "data").ToSvg());

        string ClassOf(string label) => root.Layer(label).Element(Svg.Namespace + "path")!.Attribute("class")!.Value;
        Assert.Equal(["f1", "l1", "f2", "l2", "l7"], new[] { "band", "first", "other", "second", "data" }.Select(ClassOf));
    }

    [Fact]
    public void ToSvg_NestedBands_ShowsTheLayeredTintInTheLegend()
    {
        XElement root = Svg.Parse(new Chart().Band(X, [0, 0, 0, 0], [9, 9, 9, 9], "90 %").Band(X, [3, 3, 3, 3], [6, 6, 6, 6], "50 %").ToSvg());

        // One layer of 0.25, and 1 − 0.75² = 0.4375 where two lie on each other.
        Assert.Equal(["0.25", "0.44"], root.Named("rect").Where(r => r.Attribute("fill-opacity") is not null).Select(r => r.Attribute("fill-opacity")!.Value));
    }

    [Fact]
    public void ToSvg_LegendOfManySeries_WrapsInsideTheChartAboveThePlot()
    {
        Chart chart = new() { Width = 320 };
        for (int i = 0; i < 9; i++)
        {
            chart.Line(X, Y, $"a series with number {i}");
        }
        XElement root = Svg.Parse(chart.ToSvg());

        double plotTop = root.Elements(Svg.Namespace + "svg").Single().Number("y");
        XElement[] entries = [.. root.Elements(Svg.Namespace + "text")];
        Assert.Equal(9, entries.Length);
        Assert.All(entries, e => Assert.True(e.Number("y") < plotTop));
        Assert.All(entries, e => Assert.True(e.Number("x") + TextMetrics.Width(e.Value, 12) <= 320));
    }

    [Fact]
    public void Histogram_ValuesOnEdgesAndOutside_FallIntoTheRightBins()
    {
        (double[] edges, double[] counts) = Binning.Count([0, 0.25, 0.5, 1, 1.5, -1, double.NaN], bins: 4, range: (0, 1), density: false);
        (_, double[] density) = Binning.Count([0, 0.25, 0.5, 1], bins: 4, range: (0, 1), density: true);

        Assert.Equal([0, 0.25, 0.5, 0.75, 1], edges);
        Assert.Equal([1, 1, 1, 1], counts);
        Assert.Equal([1, 1, 1, 1], density);
    }

    [Fact]
    public void HeatMap_Values_AreOneImageWithAColorBar()
    {
        XElement root = Svg.Parse(new Chart().HeatMap([0, 1, 2], [0, 1], [0, 1, 2, 3, 4, double.NaN], "density").ToSvg());

        XElement[] images = [.. root.Named("image")];
        Assert.Equal(2, images.Length);
        Assert.StartsWith("data:image/png;base64,", images[0].Attribute("href")!.Value);
        Assert.Equal(("0.0", "4.0"), (root.TickLabels()[2][0], root.TickLabels()[2][^1]));
        Assert.Contains(root.Named("text"), t => t.Value == "density");
    }

    [Fact]
    public void Layers_LengthsThatDiffer_AreRefusedByNameAndLengths()
    {
        Chart chart = new("kept");

        Assert.Equal(
            "Line \"mean\": x has 4 values but y has 2; give one of each for every point. (Parameter 'y')",
            Assert.Throws<ArgumentException>(() => chart.Line(X, [1, 2], "mean")).Message);
        Assert.StartsWith("Band \"90 %\": x has 4 values but high has 1;", Assert.Throws<ArgumentException>(() => chart.Band(X, Y, [1], "90 %")).Message);
        Assert.StartsWith("Scatter: x has 4 values but y has 0;", Assert.Throws<ArgumentException>(() => chart.Scatter(X, [])).Message);
        Assert.StartsWith("Area: x has 1 values but y has 4;", Assert.Throws<ArgumentException>(() => chart.Area([1], Y)).Message);
        Assert.StartsWith("Steps: x has 4 values but y has 1;", Assert.Throws<ArgumentException>(() => chart.Steps(X, [1])).Message);
        Assert.StartsWith("Bars: 4 heights need 5 edges, but there are 4.", Assert.Throws<ArgumentException>(() => chart.Bars(X, Y)).Message);
        Assert.StartsWith(
            "HeatMap \"z\": x has 4 values and y 4, which takes 16 cells (at least one), but there are 3.",
            Assert.Throws<ArgumentException>(() => chart.HeatMap(X, Y, [1, 2, 3], "z")).Message);
        Assert.Contains("y[1] = 3 where 2 was due", Assert.Throws<ArgumentException>(() => chart.HeatMap(X, [1, 3, 3], new double[12])).Message);
        Assert.Contains("0 bins", Assert.Throws<ArgumentOutOfRangeException>(() => chart.Histogram(X, bins: 0)).Message);
        Assert.Empty(chart.Marks);
    }

    [Fact]
    public void Settings_WithoutMeaning_AreRefused()
    {
        Assert.Contains("(3, 1) is no range", Assert.Throws<ArgumentException>(() => new Chart { XRange = (3, 1) }).Message);
        Assert.Throws<ArgumentException>(() => new Chart { YRange = (double.NaN, 1) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Chart { Width = 0 });
        Assert.Contains("log axis", Assert.Throws<InvalidOperationException>(() => new Chart("c") { XScale = AxisScale.Log, XRange = (0, 1) }.ToSvg()).Message);
        Assert.Contains("linear axes", Assert.Throws<InvalidOperationException>(() => new Chart("c") { XScale = AxisScale.Log }.HeatMap(X, X, new double[16]).ToSvg()).Message);
        Assert.Throws<InvalidOperationException>(() => new Chart().HeatMap(X, X, new double[16]).HeatMap(X, X, new double[16]));
    }

    [Fact]
    public void XRange_Set_EndsTheAxisExactlyThere()
    {
        string[][] labels = Svg.Parse(new Chart { XRange = (0, 1), YRange = (0, 4) }.Line([-5, 0.5, 9], [1, 2, 3]).ToSvg()).TickLabels();

        Assert.Equal(("0.0", "1.0"), (labels[0][0], labels[0][^1]));
        Assert.Equal(("0", "4"), (labels[1][0].Split('.')[0], labels[1][^1].Split('.')[0]));
    }

    [Fact]
    public void Theme_EveryHue_HasContrastOfThreeToOneInBothSchemes()
    {
        foreach (Hue hue in Enum.GetValues<Hue>().Where(h => h != Hue.Auto))
        {
            Assert.True(Contrast(Theme.Color(hue, dark: false), Theme.Background) >= 3, $"{hue} on light");
            Assert.True(Contrast(Theme.Color(hue, dark: true), Theme.DarkBackground) >= 3, $"{hue} on dark");
        }

        // Relative luminance and contrast ratio of WCAG 2.1.
        static double Contrast(string a, string b)
        {
            (double la, double lb) = (Luminance(a), Luminance(b));
            return (Math.Max(la, lb) + 0.05) / (Math.Min(la, lb) + 0.05);
        }

        static double Luminance(string color)
        {
            double[] linear = [.. new[] { 1, 3, 5 }.Select(i => int.Parse(color.AsSpan(i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
                .Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4))];
            return (0.2126 * linear[0]) + (0.7152 * linear[1]) + (0.0722 * linear[2]);
        }
    }
}
