namespace ProbNet.Charts;

/// <summary>Dots at points.</summary>
internal sealed class ScatterMark(double[] x, double[] y, string? label, Hue hue) : Mark(label, hue, HueRole.Data)
{
    private const double HaloWidth = 1;

    public override string Kind => "scatter";

    /// <summary>Whether the dots have a rim in the colour of the page, to stand out from a heat map.</summary>
    public bool Halo { get; set; }

    private double Diameter => x.Length > 3000 ? 2 : x.Length > 400 ? 3 : 4.5;

    public override void Measure(Extent xExtent, Extent yExtent)
    {
        (xExtent.HasPoints, yExtent.HasPoints) = (true, true);
        for (int i = 0; i < x.Length; i++)
        {
            if (Axis.Accepts(x[i], xExtent.Scale) && Axis.Accepts(y[i], yExtent.Scale))
            {
                xExtent.Include(x[i]);
                yExtent.Include(y[i]);
            }
        }
    }

    public override void Draw(MarkupWriter svg, Plot plot, Paint paint)
    {
        if (Halo)
        {
            svg.Write($"<path class=\"halo\" stroke=\"{Theme.Background}\" stroke-width=\"{Diameter + (2 * HaloWidth)}\"");
            DrawDots(svg, plot);
        }
        svg.Write($"<path {paint.Stroke}");
        svg.Write($" stroke-width=\"{Diameter}\"{new Markup(Halo ? "" : " stroke-opacity=\"0.75\"")}");
        DrawDots(svg, plot);
    }

    public override void DrawKey(MarkupWriter svg, Box box, Paint paint) =>
        svg.Write($"<circle {paint.Fill} cx=\"{box.X + (box.Width / 2)}\" cy=\"{box.Y + (box.Height / 2)}\" r=\"2.8\"/>");

    /// <summary>All dots are one path of lines without length and with round caps: the shortest text that draws them.</summary>
    private void DrawDots(MarkupWriter svg, Plot plot)
    {
        svg.Write($" fill=\"none\" stroke-linecap=\"round\" d=\"");
        HashSet<(double X, double Y)> drawn = [];
        for (int i = 0; i < x.Length; i++)
        {
            (double X, double Y) dot = (Math.Round(plot.X(x[i]), 1), Math.Round(plot.Y(y[i]), 1));
            bool seen = dot.X >= -Diameter && dot.X <= plot.Width + Diameter && dot.Y >= -Diameter && dot.Y <= plot.Height + Diameter;
            if (seen && drawn.Add(dot))
            {
                svg.Write($"M{dot.X} {dot.Y}h0");
            }
        }
        svg.Write($"\"/>");
    }
}
