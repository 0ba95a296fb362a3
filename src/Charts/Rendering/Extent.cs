namespace ProbNet.Charts;

/// <summary>The range that the values of a chart cover along one axis.</summary>
internal sealed class Extent(AxisScale scale)
{
    public AxisScale Scale => scale;

    public double Low { get; private set; } = double.PositiveInfinity;

    public double High { get; private set; } = double.NegativeInfinity;

    /// <summary>Whether marks stand on zero, as bars do: the axis then starts there with no gap.</summary>
    public bool HasBaseline { get; private set; }

    /// <summary>Whether dots are drawn, which would be cut in half at the very edge.</summary>
    public bool HasPoints { get; set; }

    public bool IsEmpty => Low > High;

    public void Include(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            Include(value);
        }
    }

    public void Include(double value)
    {
        if (Axis.Accepts(value, scale))
        {
            Low = Math.Min(Low, value);
            High = Math.Max(High, value);
        }
    }

    public void IncludeBaseline()
    {
        if (scale == AxisScale.Linear)
        {
            HasBaseline = true;
            Include(0);
        }
    }
}
