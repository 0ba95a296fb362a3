namespace ProbNet.Charts;

/// <summary>Bars between edges, standing on zero: a histogram.</summary>
internal sealed class BarsMark(double[] edges, double[] heights, string? label, Hue hue) : Mark(label, hue, HueRole.Series)
{
    public override string Kind => "histogram";

    public override void Measure(Extent xExtent, Extent yExtent)
    {
        xExtent.Include(edges);
        yExtent.Include(heights);
        yExtent.IncludeBaseline();
    }

    public override void Draw(MarkupWriter svg, Plot plot, Paint paint)
    {
        svg.Write($"<path {paint.Fill}{Paint.Opacity(paint.FillOpacity)} d=\"");
        for (int i = 0; i < heights.Length; i++)
        {
            double left = plot.X(edges[i]);
            double right = plot.X(edges[i + 1]);
            double top = plot.Y(heights[i]);
            double gap = right - left > 4 ? 0.5 : 0;
            if (!double.IsNaN(left + right + top) && top != plot.BaselineY)
            {
                svg.Write($"M{left + gap} {plot.BaselineY}V{top}H{right - gap}V{plot.BaselineY}Z");
            }
        }
        svg.Write($"\"/>");
    }

    public override void DrawKey(MarkupWriter svg, Box box, Paint paint) => DrawBoxKey(svg, box, paint, paint.KeyOpacity);
}
