namespace ProbNet.Charts;

/// <summary>A short text beside a point.</summary>
internal sealed class TextMark(double x, double y, string text, Hue hue) : Mark(label: null, hue == Hue.Auto ? Hue.Ink : hue, HueRole.Reference)
{
    private const double FontSize = 11;
    private const double Offset = 6;

    public override string Kind => "text";

    public override void Measure(Extent xExtent, Extent yExtent)
    {
        xExtent.Include(x);
        yExtent.Include(y);
    }

    public override void Draw(MarkupWriter svg, Plot plot, Paint paint)
    {
        (double px, double py) = (plot.X(x), plot.Y(y));
        if (double.IsNaN(px + py))
        {
            return;
        }
        // The text stands right of its point, or left of it where the plot ends too soon.
        bool right = px + Offset + TextMetrics.Width(text, FontSize) <= plot.Width;
        double baseline = Math.Clamp(py - Offset, FontSize, plot.Height - 3);
        // A rim in the colour of the page keeps the text readable on bars and cells.
        svg.Write($"<text stroke=\"{Theme.Background}\" stroke-width=\"3\" stroke-linejoin=\"round\" paint-order=\"stroke\"")
            .Write($" class=\"halo f{(int)paint.Hue}\" fill=\"{Theme.Color(paint.Hue, dark: false)}\" font-size=\"{FontSize}\" x=\"{px + (right ? Offset : -Offset)}\"")
            .Write($" y=\"{baseline}\"{new Markup(right ? "" : " text-anchor=\"end\"")}>{text}</text>");
    }

    public override void DrawKey(MarkupWriter svg, Box box, Paint paint)
    {
    }
}
