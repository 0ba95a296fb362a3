namespace ProbNet.Charts;

/// <summary>One layer of a chart.</summary>
internal abstract class Mark(string? label, Hue hue, HueRole role)
{
    /// <summary>The text of the legend; null for no entry.</summary>
    public string? Label => label;

    public Hue RequestedHue => hue;

    public HueRole Role => role;

    public LineStyle Style { get; init; }

    /// <summary>What the mark is, in a word for the description of the chart.</summary>
    public abstract string Kind { get; }

    /// <summary>Adds what the mark covers to the ranges of the axes.</summary>
    public abstract void Measure(Extent x, Extent y);

    public abstract void Draw(MarkupWriter svg, Plot plot, Paint paint);

    /// <summary>Draws the mark's sign for the legend in a box.</summary>
    public abstract void DrawKey(MarkupWriter svg, Box box, Paint paint);

    protected static void DrawLineKey(MarkupWriter svg, Box box, Paint paint, double width) =>
        svg.Write($"<path {paint.Stroke}{paint.Dashes} fill=\"none\" stroke-linecap=\"round\" stroke-width=\"{width}\"")
            .Write($" d=\"M{box.X + 1} {box.Y + (box.Height / 2)}h{box.Width - 2}\"/>");

    protected static void DrawBoxKey(MarkupWriter svg, Box box, Paint paint, double opacity) =>
        svg.Write($"<rect {paint.Fill}{Paint.Opacity(opacity)} x=\"{box.X}\" y=\"{box.Y}\" width=\"{box.Width}\" height=\"{box.Height}\" rx=\"2\"/>");
}
