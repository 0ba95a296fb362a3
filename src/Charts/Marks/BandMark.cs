namespace ProbNet.Charts;

/// <summary>The area between a lower and an upper curve.</summary>
internal sealed class BandMark(double[] x, double[] low, double[] high, string? label, Hue hue) : Mark(label, hue, HueRole.Companion)
{
    public override string Kind => "band";

    /// <summary>The mean width where both curves are finite: a wider band of the same hue is taken to enclose a narrower one.</summary>
    public double MeanWidth { get; } = low.Zip(high, (l, h) => h - l).Where(double.IsFinite).DefaultIfEmpty(0).Average();

    /// <summary>Fills the area between two curves in pixels; where a coordinate is missing, the area ends and starts again behind.</summary>
    public static void DrawArea(MarkupWriter svg, double[] x, double[] from, double[] to, Paint paint)
    {
        svg.Write($"<path {paint.Fill}{Paint.Opacity(paint.FillOpacity)} d=\"");
        for (int i = 0; i < x.Length; i++)
        {
            int end = i;
            while (end < x.Length && !double.IsNaN(x[end] + from[end] + to[end]))
            {
                end++;
            }
            if (end - i > 1)
            {
                for (int k = i; k < end; k++)
                {
                    svg.Write($"{new Markup(k == i ? "M" : "L")}{x[k]} {to[k]}");
                }
                for (int k = end - 1; k >= i; k--)
                {
                    svg.Write($"L{x[k]} {from[k]}");
                }
                svg.Write($"Z");
            }
            i = end;
        }
        svg.Write($"\"/>");
    }

    public override void Measure(Extent xExtent, Extent yExtent)
    {
        xExtent.Include(x);
        yExtent.Include(low);
        yExtent.Include(high);
    }

    public override void Draw(MarkupWriter svg, Plot plot, Paint paint) =>
        DrawArea(svg, Array.ConvertAll(x, plot.X), Array.ConvertAll(low, plot.Y), Array.ConvertAll(high, plot.Y), paint);

    public override void DrawKey(MarkupWriter svg, Box box, Paint paint) => DrawBoxKey(svg, box, paint, paint.KeyOpacity);
}
