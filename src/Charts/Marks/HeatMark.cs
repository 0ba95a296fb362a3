namespace ProbNet.Charts;

/// <summary>A grid of values as coloured cells.</summary>
internal sealed class HeatMark : Mark
{
    private readonly double[] values;
    private readonly int columns;
    private readonly int rows;
    private readonly (double Low, double High) xEdges;
    private readonly (double Low, double High) yEdges;

    public HeatMark(double[] x, double[] y, double[] values, string? barLabel, ColorMap map)
        : base(label: null, Hue.Ink, HueRole.Reference)
    {
        (this.values, columns, rows, BarLabel, Map) = (values, x.Length, y.Length, barLabel, map);
        xEdges = Edges(x, nameof(x));
        yEdges = Edges(y, nameof(y));
        Extent extent = new(AxisScale.Linear);
        extent.Include(values);
        Values = map == ColorMap.Diverging && !extent.IsEmpty ? Symmetric(extent) : Axis.Fit(extent, fixedRange: null, padding: 0);
    }

    /// <summary>The label of the colour bar.</summary>
    public string? BarLabel { get; }

    public ColorMap Map { get; }

    /// <summary>The range of the values, from the first to the last colour.</summary>
    public Axis Values { get; }

    public override string Kind => "heat map";

    public override void Measure(Extent xExtent, Extent yExtent)
    {
        xExtent.Include([xEdges.Low, xEdges.High]);
        yExtent.Include([yEdges.Low, yEdges.High]);
    }

    public override void Draw(MarkupWriter svg, Plot plot, Paint paint)
    {
        double left = plot.X(xEdges.Low);
        double top = plot.Y(yEdges.High);
        byte[] pixels = new byte[values.Length];
        for (int row = 0; row < rows; row++)
        {
            // The first row of the data is the lowest of the picture.
            int from = (rows - 1 - row) * columns;
            for (int column = 0; column < columns; column++)
            {
                pixels[(row * columns) + column] = Palettes.Index(Values.Position(values[from + column]));
            }
        }
        PngEncoder.Image(svg, new Box(left, top, plot.X(xEdges.High) - left, plot.Y(yEdges.Low) - top), PngEncoder.Indexed(pixels, columns, Map));
    }

    public override void DrawKey(MarkupWriter svg, Box box, Paint paint)
    {
    }

    private static Axis Symmetric(Extent extent)
    {
        double most = Math.Max(Math.Abs(extent.Low), Math.Abs(extent.High));
        return most == 0 ? new Axis(-1, 1, AxisScale.Linear) : new Axis(-most, most, AxisScale.Linear);
    }

    private static (double Low, double High) Edges(double[] centres, string name)
    {
        const double Tolerance = 1e-3;
        double step = centres.Length == 1 ? 1 : (centres[^1] - centres[0]) / (centres.Length - 1);
        for (int i = 0; i < centres.Length; i++)
        {
            bool even = step > 0 && Math.Abs(centres[0] + (i * step) - centres[i]) <= Tolerance * step;
            if (!even || !Axis.Accepts(centres[i], AxisScale.Linear))
            {
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"HeatMap: {name} must rise in even steps, but {name}[{i}] = {centres[i]:R} where {centres[0] + (i * step):R} was due."),
                    name);
            }
        }
        return (centres[0] - (step / 2), centres[^1] + (step / 2));
    }
}
