namespace ProbNet.Charts;

/// <summary>Lays one chart out in a box and draws it.</summary>
internal sealed class ChartDrawing
{
    private const double Edge = 12;
    private const double BoldFactor = 1.06;
    private const double SubtitleHeight = 17;
    private const double TickFont = 11;
    private const double TickRoom = 22;
    private const double AxisLabelRoom = 20;
    private const double HeaderGap = 8;
    private const double BarGap = 14;
    private const double BarWidth = 12;

    // Lines along the edge of the plot keep their full width.
    private const double Bleed = 2;

    private readonly Chart chart;
    private readonly Box box;
    private readonly Axis x;
    private readonly Axis y;
    private readonly Paint[] paints;
    private readonly double titleFont;
    private readonly List<string> title;
    private readonly List<string> subtitle;
    private readonly Legend legend;

    /// <param name="chart">The chart.</param>
    /// <param name="box">Where it goes.</param>
    /// <param name="x">The x axis, where a grid shares one; null fits it to the chart.</param>
    /// <param name="y">The y axis, likewise.</param>
    /// <param name="titleFont">The font size of the title.</param>
    public ChartDrawing(Chart chart, Box box, Axis? x = null, Axis? y = null, double titleFont = 15)
    {
        CheckScales(chart);
        (this.chart, this.box, this.titleFont) = (chart, box, titleFont);
        (Axis fittedX, Axis fittedY) = FitAxes([chart]);
        (this.x, this.y) = (x ?? fittedX, y ?? fittedY);
        paints = PaintShop.Mix(chart.Marks);
        double width = box.Width - (2 * Edge);
        title = TextMetrics.Wrap(chart.Title, titleFont * BoldFactor, width);
        subtitle = TextMetrics.Wrap(chart.Subtitle ?? "", 12, width);
        legend = new Legend(chart.Marks.Zip(paints), width);
        Margins = Measure();
    }

    /// <summary>The room that this chart needs around its plot.</summary>
    public Margins Margins { get; }

    private double TitleHeight => titleFont + 5;

    /// <summary>The axes that show all that some charts hold.</summary>
    public static (Axis X, Axis Y) FitAxes(IReadOnlyList<Chart> charts)
    {
        Extent xs = new(charts[0].XScale);
        Extent ys = new(charts[0].YScale);
        foreach (Chart chart in charts)
        {
            chart.MeasureData(xs, ys);
        }
        bool cells = charts.Any(c => c.Heat is not null);
        xs.HasPoints &= !cells;
        ys.HasPoints &= !cells;
        return (Axis.Fit(xs, charts[0].XRange, xs.HasPoints ? 0.03 : 0), Axis.Fit(ys, charts[0].YRange, cells ? 0 : 0.05));
    }

    /// <summary>Draws the chart; a grid gives wider margins than the chart's own, so that the plots of a column line up.</summary>
    public void Draw(MarkupWriter svg, Margins margins)
    {
        Box area = box.Shrink(margins);
        DrawHeader(svg);
        DrawAxes(svg, area);

        foreach (ScatterMark scatter in chart.Marks.OfType<ScatterMark>())
        {
            scatter.Halo = chart.Heat is not null;
        }
        Plot plot = new(x, y, area.Width, area.Height);
        svg.Write($"<svg x=\"{area.X - Bleed}\" y=\"{area.Y - Bleed}\" width=\"{area.Width + (2 * Bleed)}\" height=\"{area.Height + (2 * Bleed)}\"")
            .Write($" viewBox=\"{-Bleed} {-Bleed} {area.Width + (2 * Bleed)} {area.Height + (2 * Bleed)}\">");
        foreach ((Mark mark, Paint paint) in chart.Marks.Zip(paints))
        {
            if (mark.Label is not null)
            {
                svg.Write($"<g><title>{mark.Label}</title>");
                mark.Draw(svg, plot, paint);
                svg.Write($"</g>");
            }
            else
            {
                mark.Draw(svg, plot, paint);
            }
        }
        svg.Write($"</svg>");
        if (chart.Heat is HeatMark heat)
        {
            DrawColorBar(svg, area, heat);
        }
    }

    /// <summary>Refuses what no log axis can show.</summary>
    private static void CheckScales(Chart chart)
    {
        bool log = chart.XScale == AxisScale.Log || chart.YScale == AxisScale.Log;
        if (log && chart.Heat is not null)
        {
            throw new InvalidOperationException($"Chart \"{chart.Title}\": a heat map needs linear axes; set XScale and YScale to Linear.");
        }
        if ((chart.XScale == AxisScale.Log && chart.XRange is { Low: <= 0 }) || (chart.YScale == AxisScale.Log && chart.YRange is { Low: <= 0 }))
        {
            throw new InvalidOperationException($"Chart \"{chart.Title}\": a log axis cannot reach zero or below; let its range start above zero.");
        }
    }

    private static double Widest(Tick[] ticks) => ticks.Length == 0 ? 0 : ticks.Max(t => TextMetrics.Width(t.Label, TickFont));

    private static Tick[] UpwardTicks(Axis axis, double height) => Ticks.Choose(axis, Math.Clamp((int)(height / 32), 2, 10));

    private Margins Measure()
    {
        double top = Edge + (title.Count * TitleHeight) + (subtitle.Count * SubtitleHeight) + (legend.Rows * Legend.RowHeight);
        top += top > Edge ? HeaderGap : 0;
        double bottom = Edge + TickRoom + (string.IsNullOrEmpty(chart.XLabel) ? 0 : AxisLabelRoom);
        double height = box.Height - top - bottom;
        double left = Edge + Widest(UpwardTicks(y, height)) + 8 + (string.IsNullOrEmpty(chart.YLabel) ? 0 : AxisLabelRoom);
        double right = Edge + 6;
        if (chart.Heat is HeatMark heat)
        {
            double labels = Widest(UpwardTicks(heat.Values, height)) + (string.IsNullOrEmpty(heat.BarLabel) ? 0 : AxisLabelRoom);
            right = Edge + BarGap + BarWidth + 6 + labels;
        }
        return new Margins(left, top, right, bottom);
    }

    private void DrawHeader(MarkupWriter svg)
    {
        double left = box.X + Edge;
        double top = box.Y + Edge;
        foreach (string line in title)
        {
            svg.Write($"<text class=\"title\" font-size=\"{titleFont}\" font-weight=\"600\" x=\"{left}\" y=\"{top + titleFont - 2}\">{line}</text>");
            top += TitleHeight;
        }
        foreach (string line in subtitle)
        {
            svg.Write($"<text class=\"quiet\" x=\"{left}\" y=\"{top + 11}\">{line}</text>");
            top += SubtitleHeight;
        }
        legend.Draw(svg, left, top + 2);
    }

    private void DrawAxes(MarkupWriter svg, Box area)
    {
        Tick[] across = Ticks.ChooseForWidth(x, area.Width, TickFont);
        Tick[] up = UpwardTicks(y, area.Height);
        double PixelX(double value) => area.X + (x.Position(value) * area.Width);
        double PixelY(double value) => area.Bottom - (y.Position(value) * area.Height);

        svg.Write($"<path class=\"grid\" fill=\"none\" stroke=\"#e7ebef\" d=\"");
        foreach (Tick tick in up)
        {
            svg.Write($"M{area.X} {PixelY(tick.Value)}H{area.Right}");
        }
        foreach (Tick tick in across)
        {
            svg.Write($"M{PixelX(tick.Value)} {area.Y}V{area.Bottom}");
        }
        svg.Write($"\"/>");
        if (y is { Scale: AxisScale.Linear, Low: < 0, High: > 0 })
        {
            svg.Write($"<path class=\"zero\" fill=\"none\" stroke=\"#bcc4cc\" d=\"M{area.X} {PixelY(0)}H{area.Right}\"/>");
        }

        svg.Write($"<path class=\"axis\" fill=\"none\" stroke=\"#8c959f\" d=\"M{area.X} {area.Bottom}H{area.Right}");
        foreach (Tick tick in across)
        {
            svg.Write($"M{PixelX(tick.Value)} {area.Bottom}v4");
        }
        foreach (double place in Ticks.Minor(x))
        {
            svg.Write($"M{PixelX(place)} {area.Bottom}v2.5");
        }
        foreach (double place in Ticks.Minor(y))
        {
            svg.Write($"M{area.X} {PixelY(place)}h-2.5");
        }
        svg.Write($"\"/>");

        svg.Write($"<g class=\"tick\" font-size=\"{TickFont}\" text-anchor=\"middle\">");
        foreach (Tick tick in across)
        {
            double furthest = box.Right - 2 - (TextMetrics.Width(tick.Label, TickFont) / 2);
            svg.Write($"<text x=\"{Math.Min(PixelX(tick.Value), furthest)}\" y=\"{area.Bottom + 17}\">{tick.Label}</text>");
        }
        svg.Write($"</g><g class=\"tick\" font-size=\"{TickFont}\" text-anchor=\"end\">");
        foreach (Tick tick in up)
        {
            svg.Write($"<text x=\"{area.X - 7}\" y=\"{PixelY(tick.Value) + 4}\">{tick.Label}</text>");
        }
        svg.Write($"</g>");

        if (!string.IsNullOrEmpty(chart.XLabel))
        {
            string label = TextMetrics.Fit(chart.XLabel, 12, box.Width - (2 * Edge));
            double half = TextMetrics.Width(label, 12) / 2;
            double centre = Math.Clamp(area.X + (area.Width / 2), box.X + half, Math.Max(box.Right - half, box.X + half));
            svg.Write($"<text class=\"quiet\" text-anchor=\"middle\" x=\"{centre}\" y=\"{area.Bottom + TickRoom + 14}\">{label}</text>");
        }
        DrawSideways(svg, chart.YLabel, box.X + Edge + 9, area);
    }

    private void DrawSideways(MarkupWriter svg, string? text, double baseline, Box area)
    {
        if (!string.IsNullOrEmpty(text))
        {
            string label = TextMetrics.Fit(text, 12, box.Height - (2 * Edge));
            double half = TextMetrics.Width(label, 12) / 2;
            double centre = Math.Clamp(area.Y + (area.Height / 2), box.Y + half, Math.Max(box.Bottom - half, box.Y + half));
            svg.Write($"<text class=\"quiet\" text-anchor=\"middle\" transform=\"translate({baseline} {centre}) rotate(-90)\">{label}</text>");
        }
    }

    private void DrawColorBar(MarkupWriter svg, Box area, HeatMark heat)
    {
        Box bar = new(area.Right + BarGap, area.Y, BarWidth, area.Height);
        byte[] colors = new byte[Palettes.Colors];
        for (int i = 0; i < colors.Length; i++)
        {
            colors[i] = (byte)(Palettes.Colors - 1 - i);
        }
        PngEncoder.Image(svg, bar, PngEncoder.Indexed(colors, width: 1, heat.Map));
        Tick[] ticks = UpwardTicks(heat.Values, area.Height);
        svg.Write($"<g class=\"tick\" font-size=\"{TickFont}\">");
        foreach (Tick tick in ticks)
        {
            svg.Write($"<text x=\"{bar.Right + 5}\" y=\"{bar.Bottom - (heat.Values.Position(tick.Value) * bar.Height) + 4}\">{tick.Label}</text>");
        }
        svg.Write($"</g>");
        DrawSideways(svg, heat.BarLabel, bar.Right + 6 + Widest(ticks) + 15, area);
    }
}
