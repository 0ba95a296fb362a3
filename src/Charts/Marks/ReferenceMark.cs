namespace ProbNet.Charts;

/// <summary>A straight line across the whole plot.</summary>
internal sealed class ReferenceMark(double value, bool horizontal, string? label, Hue hue) : Mark(label, hue, HueRole.Reference)
{
    private const double StrokeWidth = 1.5;

    public override string Kind => "reference line";

    public override void Measure(Extent xExtent, Extent yExtent) => (horizontal ? yExtent : xExtent).Include(value);

    public override void Draw(MarkupWriter svg, Plot plot, Paint paint)
    {
        double at = horizontal ? plot.Y(value) : plot.X(value);
        if (double.IsNaN(at))
        {
            return;
        }
        svg.Write($"<path {paint.Stroke}{paint.Dashes} fill=\"none\" stroke-linecap=\"round\" stroke-width=\"{StrokeWidth}\" d=\"");
        if (horizontal)
        {
            svg.Write($"M0 {at}H{plot.Width}\"/>");
        }
        else
        {
            svg.Write($"M{at} 0V{plot.Height}\"/>");
        }
    }

    public override void DrawKey(MarkupWriter svg, Box box, Paint paint) => DrawLineKey(svg, box, paint, StrokeWidth);
}
