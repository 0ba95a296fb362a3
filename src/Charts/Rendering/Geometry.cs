namespace ProbNet.Charts;

/// <summary>A rectangle in pixels.</summary>
internal readonly record struct Box(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;

    public double Bottom => Y + Height;

    public Box Shrink(Margins m) => new(X + m.Left, Y + m.Top, Math.Max(Width - m.Left - m.Right, 1), Math.Max(Height - m.Top - m.Bottom, 1));
}

/// <summary>The room that a chart needs around its plot, in pixels.</summary>
internal readonly record struct Margins(double Left, double Top, double Right, double Bottom);

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
