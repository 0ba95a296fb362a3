namespace ProbNet.Charts;

/// <summary>The plot area: maps values to pixels, with the origin at its top left corner.</summary>
internal sealed class Plot(Axis x, Axis y, double width, double height)
{
    /// <summary>Pixels this far outside are never seen; a bound keeps the text of a path short.</summary>
    private const double Farthest = 1e5;

    public Axis XAxis => x;

    public Axis YAxis => y;

    public double Width => width;

    public double Height => height;

    /// <summary>The pixel of a value along x; NaN where it has none.</summary>
    public double X(double value) => Math.Clamp(x.Position(value) * width, -Farthest, Farthest);

    /// <summary>The pixel of a value along y; NaN where it has none.</summary>
    public double Y(double value) => Math.Clamp((1 - y.Position(value)) * height, -Farthest, Farthest);

    /// <summary>The pixel that bars stand on: zero, or the low end of a log axis.</summary>
    public double BaselineY => y.Scale == AxisScale.Log ? height : Y(0);
}
