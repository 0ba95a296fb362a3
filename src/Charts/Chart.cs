namespace ProbNet.Charts;

/// <summary>
/// A chart with two axes, built layer by layer; layers are drawn in the order in which they are added.
/// </summary>
/// <remarks>
/// Points that are NaN or infinite, or not positive on a log axis, leave gaps and do not count for the ranges of the axes. The legend
/// stands above the plot, so it covers no data; a layer without a label has no entry there.
/// </remarks>
/// <example>
/// <code>
/// string svg = new Chart("Motorcycle helmet data") { XLabel = "time after impact (ms)", YLabel = "acceleration (g)" }
///     .Band(x, low, high, "90 %")
///     .Line(x, mean, "mean")
///     .Scatter(times, accelerations, "data")
///     .ToSvg();
/// </code>
/// </example>
public sealed class Chart : Figure
{
    private readonly List<Mark> marks = [];

    /// <summary>An empty chart.</summary>
    /// <param name="title">The heading; empty for none.</param>
    public Chart(string title = "")
        : base(title)
    {
    }

    /// <summary>A line under the title, in smaller type.</summary>
    public string? Subtitle { get; set; }

    /// <summary>The name of the x axis, with its unit.</summary>
    public string? XLabel { get; set; }

    /// <summary>The name of the y axis, with its unit.</summary>
    public string? YLabel { get; set; }

    /// <summary>How the x axis maps values to positions.</summary>
    public AxisScale XScale { get; set; }

    /// <summary>How the y axis maps values to positions.</summary>
    public AxisScale YScale { get; set; }

    /// <summary>The ends of the x axis; null fits them to the data. What lies outside is cut off.</summary>
    public (double Low, double High)? XRange { get; set => field = Axis.Checked(value, nameof(XRange)); }

    /// <summary>The ends of the y axis; null fits them to the data. What lies outside is cut off.</summary>
    public (double Low, double High)? YRange { get; set => field = Axis.Checked(value, nameof(YRange)); }

    /// <summary>The width in pixels. A grid sets its own.</summary>
    public int Width { get; set => field = CheckedSize(value, nameof(Width)); } = 640;

    /// <summary>The height in pixels. A grid sets its own.</summary>
    public int Height { get; set => field = CheckedSize(value, nameof(Height)); } = 400;

    internal IReadOnlyList<Mark> Marks => marks;

    internal HeatMark? Heat => marks.OfType<HeatMark>().FirstOrDefault();

    /// <summary>Adds a line through points, in their order.</summary>
    /// <exception cref="ArgumentException"><paramref name="x"/> and <paramref name="y"/> differ in length.</exception>
    public Chart Line(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> y,
        string? label = null,
        LineStyle style = LineStyle.Solid,
        Hue hue = Hue.Auto)
    {
        Require.SameLength(nameof(Line), label, ("x", x.Length), ("y", y.Length));
        return Add(new LineMark(x.ToArray(), y.ToArray(), filled: false, label, hue) { Style = style });
    }

    /// <summary>Adds a line through points and a tint from it down to zero: a density.</summary>
    /// <exception cref="ArgumentException"><paramref name="x"/> and <paramref name="y"/> differ in length.</exception>
    public Chart Area(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> y,
        string? label = null,
        LineStyle style = LineStyle.Solid,
        Hue hue = Hue.Auto)
    {
        Require.SameLength(nameof(Area), label, ("x", x.Length), ("y", y.Length));
        return Add(new LineMark(x.ToArray(), y.ToArray(), filled: true, label, hue) { Style = style });
    }

    /// <summary>
    /// Adds a line that holds each value until the next x: an empirical distribution function, or the outline of a histogram.
    /// </summary>
    /// <param name="x">Where each step starts; one more than <paramref name="y"/> to say where the last one ends.</param>
    /// <param name="y">The heights of the steps.</param>
    /// <param name="label">The text of the legend; null for none.</param>
    /// <param name="style">How the line is stroked.</param>
    /// <param name="hue">The colour.</param>
    /// <exception cref="ArgumentException">The length of <paramref name="x"/> is neither that of <paramref name="y"/> nor one more.</exception>
    public Chart Steps(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> y,
        string? label = null,
        LineStyle style = LineStyle.Solid,
        Hue hue = Hue.Auto)
    {
        if (x.Length != y.Length + 1)
        {
            Require.SameLength(nameof(Steps), label, ("x", x.Length), ("y", y.Length));
        }
        List<double> cornersX = [];
        List<double> cornersY = [];
        for (int i = 0; i < y.Length; i++)
        {
            cornersX.AddRange([x[i], i + 1 < x.Length ? x[i + 1] : x[i]]);
            cornersY.AddRange([y[i], y[i]]);
        }
        return Add(new LineMark([.. cornersX], [.. cornersY], filled: false, label, hue) { Style = style });
    }

    /// <summary>
    /// Adds the area between a lower and an upper curve. Bands of one hue are taken as nested: where they overlap, the tint is stronger.
    /// </summary>
    /// <exception cref="ArgumentException">The three differ in length.</exception>
    public Chart Band(ReadOnlySpan<double> x, ReadOnlySpan<double> low, ReadOnlySpan<double> high, string? label = null, Hue hue = Hue.Auto)
    {
        Require.SameLength(nameof(Band), label, ("x", x.Length), ("low", low.Length), ("high", high.Length));
        return Add(new BandMark(x.ToArray(), low.ToArray(), high.ToArray(), label, hue));
    }

    /// <summary>Adds a dot at each point.</summary>
    /// <exception cref="ArgumentException"><paramref name="x"/> and <paramref name="y"/> differ in length.</exception>
    public Chart Scatter(ReadOnlySpan<double> x, ReadOnlySpan<double> y, string? label = null, Hue hue = Hue.Auto)
    {
        Require.SameLength(nameof(Scatter), label, ("x", x.Length), ("y", y.Length));
        return Add(new ScatterMark(x.ToArray(), y.ToArray(), label, hue));
    }

    /// <summary>Adds a histogram of values.</summary>
    /// <param name="values">The values; those that are NaN, infinite or outside the range are left out.</param>
    /// <param name="label">The text of the legend; null for none.</param>
    /// <param name="bins">How many bins; null chooses their width by the rule of Freedman and Diaconis (1981).</param>
    /// <param name="range">The first and the last edge; null spans the values.</param>
    /// <param name="density">Whether the bars' area is one, to compare with densities; otherwise their heights are counts.</param>
    /// <param name="hue">The colour.</param>
    /// <exception cref="ArgumentException"><paramref name="bins"/> is not positive, or the range is none.</exception>
    public Chart Histogram(
        ReadOnlySpan<double> values,
        string? label = null,
        int? bins = null,
        (double Low, double High)? range = null,
        bool density = false,
        Hue hue = Hue.Auto)
    {
        (double[] edges, double[] heights) = Binning.Count(values, bins, Axis.Checked(range, nameof(range)), density);
        return Add(new BarsMark(edges, heights, label, hue));
    }

    /// <summary>Adds bars between edges, standing on zero.</summary>
    /// <exception cref="ArgumentException">There is not exactly one edge more than heights.</exception>
    public Chart Bars(ReadOnlySpan<double> edges, ReadOnlySpan<double> heights, string? label = null, Hue hue = Hue.Auto)
    {
        if (edges.Length != heights.Length + 1)
        {
            throw new ArgumentException(
                $"{Require.Name(nameof(Bars), label)}: {heights.Length} heights need {heights.Length + 1} edges, but there are {edges.Length}.",
                nameof(edges));
        }
        return Add(new BarsMark(edges.ToArray(), heights.ToArray(), label, hue));
    }

    /// <summary>Adds a grid of coloured cells with a colour bar; a cell that is NaN or infinite stays empty.</summary>
    /// <param name="x">The centres of the columns, rising in even steps.</param>
    /// <param name="y">The centres of the rows, rising in even steps.</param>
    /// <param name="values">The values row by row: the cell at x[i], y[j] is values[j · x.Length + i].</param>
    /// <param name="label">The name of the values, beside the colour bar.</param>
    /// <param name="map">The colours; <see cref="ColorMap.Diverging"/> puts its middle at zero.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or the centres do not rise in even steps.</exception>
    /// <exception cref="InvalidOperationException">The chart has a heat map already.</exception>
    public Chart HeatMap(
        ReadOnlySpan<double> x,
        ReadOnlySpan<double> y,
        ReadOnlySpan<double> values,
        string? label = null,
        ColorMap map = ColorMap.Viridis)
    {
        if (values.Length == 0 || values.Length != (long)x.Length * y.Length)
        {
            throw new ArgumentException(
                $"{Require.Name(nameof(HeatMap), label)}: x has {x.Length} values and y {y.Length}, which takes {(long)x.Length * y.Length} cells "
                + $"(at least one), but there are {values.Length}.",
                nameof(values));
        }
        if (Heat is not null)
        {
            throw new InvalidOperationException(
                $"{Require.Name(nameof(HeatMap), label)}: the chart has a heat map already, and room for one colour bar.");
        }
        return Add(new HeatMark(x.ToArray(), y.ToArray(), values.ToArray(), label, map));
    }

    /// <summary>Adds a line across the plot at a height.</summary>
    public Chart HorizontalLine(double y, string? label = null, LineStyle style = LineStyle.Dashed, Hue hue = Hue.Auto) =>
        Add(new ReferenceMark(y, horizontal: true, label, hue) { Style = style });

    /// <summary>Adds a line up the plot at a value of x.</summary>
    public Chart VerticalLine(double x, string? label = null, LineStyle style = LineStyle.Dashed, Hue hue = Hue.Auto) =>
        Add(new ReferenceMark(x, horizontal: false, label, hue) { Style = style });

    /// <summary>Adds a short text beside a point.</summary>
    public Chart Text(double x, double y, string text, Hue hue = Hue.Auto)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Add(new TextMark(x, y, text, hue));
    }

    internal override Figure FittedTo(int width)
    {
        if (Width <= width)
        {
            return this;
        }
        Chart narrow = (Chart)MemberwiseClone();
        narrow.Height = Math.Max(Math.Min(Height, 250), Height * width / Width);
        narrow.Width = width;
        return narrow;
    }

    /// <summary>Adds what the layers cover to the ranges of the axes.</summary>
    internal void MeasureData(Extent x, Extent y)
    {
        foreach (Mark mark in marks)
        {
            mark.Measure(x, y);
        }
    }

    internal string Describe()
    {
        string axes = (YLabel, XLabel) switch
        {
            (string y, string x) => $"{y} against {x}. ",
            (string y, null) => $"{y}. ",
            (null, string x) => $"Over {x}. ",
            _ => "",
        };
        return axes + string.Join(", ", marks.Where(m => m is not TextMark).Select(m => m.Label is null ? m.Kind : $"{m.Label} ({m.Kind})"));
    }

    private protected override (double Width, double Height) Measure() => (Width, Height);

    private protected override string DescribeContent() => Describe();

    private protected override void Draw(MarkupWriter svg)
    {
        ChartDrawing drawing = new(this, new Box(0, 0, Width, Height));
        drawing.Draw(svg, drawing.Margins);
    }

    private Chart Add(Mark mark)
    {
        marks.Add(mark);
        return this;
    }
}
