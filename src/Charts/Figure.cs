namespace ProbNet.Charts;

/// <summary>
/// A picture that can be written as SVG: one chart, a grid of charts, or a grid of images. The same figure gives the same text on
/// every run and in every culture.
/// </summary>
public abstract class Figure
{
    private protected Figure(string title) => Title = title ?? throw new ArgumentNullException(nameof(title));

    /// <summary>The heading above the figure; empty for none. It is also the figure's name for a screen reader.</summary>
    public string Title { get; }

    /// <summary>What a reader who cannot see the figure should know. By default, the axes and the series are listed.</summary>
    public string? Description { get; set; }

    /// <summary>
    /// The figure as an SVG document that stands alone: its style sheet, for light and dark pages, and an opaque background are inside.
    /// </summary>
    public string ToSvg() => Render(standalone: true);

    /// <summary>Writes <see cref="ToSvg"/> to a file, through a temporary name, so that no reader ever sees half of it.</summary>
    /// <param name="path">The file; its folder must exist. A file of that name is replaced.</param>
    public void Save(string path) => AtomicFile.Write(path, ToSvg());

    /// <summary>The figure as an element of a page that holds <see cref="Theme.StyleSheet"/> once.</summary>
    internal string ToInlineSvg() => Render(standalone: false);

    /// <summary>The figure drawn anew for a narrower place, where it can be; shrinking its picture would shrink its text.</summary>
    internal virtual Figure FittedTo(int width) => this;

    private protected abstract (double Width, double Height) Measure();

    private protected abstract string DescribeContent();

    private protected abstract void Draw(MarkupWriter svg);

    /// <summary>Draws the heading of a grid, cut to the width of the figure.</summary>
    private protected void DrawTitle(MarkupWriter svg, double edge)
    {
        if (Title.Length > 0)
        {
            string shown = TextMetrics.Fit(Title, 16, Measure().Width - (2 * edge));
            svg.Write($"<text class=\"title\" font-size=\"15\" font-weight=\"600\" x=\"{edge}\" y=\"{edge + 13}\">{shown}</text>");
        }
    }

    private protected static int CheckedPositive(int count, string property) => count >= 1
        ? count
        : throw new ArgumentOutOfRangeException(property, count, $"{property}: {count}; give one or more.");

    private protected static int CheckedSize(int pixels, string property) => pixels is >= 40 and <= 20_000
        ? pixels
        : throw new ArgumentOutOfRangeException(property, pixels, $"{property}: {pixels} pixels; give 40 to 20,000.");

    private string Render(bool standalone)
    {
        (double width, double height) = Measure();
        MarkupWriter svg = new();
        svg.Write($"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"pn\" role=\"img\" width=\"{width}\" height=\"{height}\"")
            .Write($" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" font-size=\"12\">");
        svg.Write($"<title>{(Title.Length > 0 ? Title : "Chart")}</title><desc>{Description ?? DescribeContent()}</desc>");
        if (standalone)
        {
            svg.Write($"<style>{new Markup(Theme.StyleSheet)}</style>");
        }
        svg.Write($"<rect class=\"bg\" fill=\"{Theme.Background}\" width=\"{width}\" height=\"{height}\"/>");
        Draw(svg);
        return svg.Write($"</svg>").ToString();
    }
}
