namespace ProbNet.Charts;

/// <summary>A polyline through points, with an optional tint down to the baseline.</summary>
internal sealed class LineMark(double[] x, double[] y, bool filled, string? label, Hue hue) : Mark(label, hue, HueRole.Series)
{
    private const double StrokeWidth = 2;

    public override string Kind => filled ? "area" : "line";

    public override void Measure(Extent xExtent, Extent yExtent)
    {
        xExtent.Include(x);
        yExtent.Include(y);
        if (filled)
        {
            yExtent.IncludeBaseline();
        }
    }

    public override void Draw(MarkupWriter svg, Plot plot, Paint paint)
    {
        double[] px = Array.ConvertAll(x, plot.X);
        double[] py = Array.ConvertAll(y, plot.Y);
        if (filled)
        {
            double[] floor = Array.ConvertAll(py, p => double.IsNaN(p) ? p : plot.BaselineY);
            BandMark.DrawArea(svg, px, floor, py, paint);
        }
        svg.Write($"<path {paint.Stroke}{paint.Dashes} fill=\"none\" stroke-width=\"{StrokeWidth}\"")
            .Write($" stroke-linejoin=\"round\" stroke-linecap=\"round\" d=\"");
        PathText.Polyline(svg, px, py);
        svg.Write($"\"/>");
    }

    public override void DrawKey(MarkupWriter svg, Box box, Paint paint)
    {
        if (filled)
        {
            DrawBoxKey(svg, box, paint, paint.KeyOpacity);
        }
        DrawLineKey(svg, filled ? box with { Height = StrokeWidth } : box, paint, StrokeWidth);
    }
}
