namespace ProbNet.Charts;

/// <summary>
/// A page of text, tables and figures as one self-contained HTML file: no script, no link, light or dark as the reader's system is.
/// All texts are escaped.
/// </summary>
/// <example>
/// <code>
/// new Report("Motorcycle helmet data")
///     .Paragraph("The noise changes with time, so a constant error bar is wrong almost everywhere.")
///     .Table(table)
///     .Figure(chart, "Mean, and the bands that hold 50 % and 90 % of the predictive mass.")
///     .Heading("Calibration")
///     .Row(pitNormal, pitMixture)
///     .Save("report.html");
/// </code>
/// </example>
public sealed class Report
{
    private readonly string title;
    private readonly MarkupWriter body = new();

    /// <summary>An empty page.</summary>
    /// <param name="title">The heading of the page and the name of its window.</param>
    public Report(string title)
    {
        ArgumentNullException.ThrowIfNull(title);
        this.title = title;
    }

    /// <summary>Adds a paragraph of plain text.</summary>
    public Report Paragraph(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        body.Write($"<p>{text}</p>\n");
        return this;
    }

    /// <summary>Adds the heading of a section.</summary>
    public Report Heading(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        body.Write($"<h2>{text}</h2>\n");
        return this;
    }

    /// <summary>Adds text whose line breaks and spaces count: a summary of a model, a log.</summary>
    public Report Preformatted(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        body.Write($"<pre>{text}</pre>\n");
        return this;
    }

    /// <summary>Adds a table.</summary>
    public Report Table(ReportTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        table.WriteTo(body);
        return this;
    }

    /// <summary>Adds a figure, as it is now, with a caption under it.</summary>
    public Report Figure(Figure figure, string? caption = null)
    {
        ArgumentNullException.ThrowIfNull(figure);
        string svg = figure.ToInlineSvg();
        body.Write($"<figure>{new Markup(svg)}");
        if (!string.IsNullOrEmpty(caption))
        {
            body.Write($"<figcaption>{caption}</figcaption>");
        }
        body.Write($"</figure>\n");
        return this;
    }

    /// <summary>
    /// Adds figures side by side, in rows of two or three; they wrap where the reader's window is too narrow. Charts that are wider
    /// than their share of the page are drawn narrower.
    /// </summary>
    public Report Row(params IEnumerable<Figure> figures)
    {
        Figure[] all = [.. figures];
        int columns = all.Length == 4 ? 2 : Math.Clamp(all.Length, 1, 3);
        string[] drawn = [.. all.Select(f => f.FittedTo((PageTheme.Width - ((columns - 1) * PageTheme.Gap)) / columns).ToInlineSvg())];
        body.Write($"<div class=\"row\">");
        foreach (string svg in drawn)
        {
            body.Write($"<figure>{new Markup(svg)}</figure>");
        }
        body.Write($"</div>\n");
        return this;
    }

    /// <summary>The page as HTML.</summary>
    public string ToHtml() => new MarkupWriter()
        .Write($"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .Write($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .Write($"<meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n")
        .Write($"<style>\n{new Markup(PageTheme.StyleSheet)}\n{new Markup(Theme.StyleSheet)}\n</style>\n")
        .Write($"</head>\n<body>\n<main>\n<h1>{title}</h1>\n{new Markup(body.ToString())}</main>\n</body>\n</html>\n")
        .ToString();

    /// <summary>Writes <see cref="ToHtml"/> to a file, through a temporary name, so that no reader ever sees half of it.</summary>
    /// <param name="path">The file; its folder must exist. A file of that name is replaced.</param>
    public void Save(string path) => AtomicFile.Write(path, ToHtml());
}
