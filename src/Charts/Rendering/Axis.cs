namespace ProbNet.Charts;

/// <summary>A range of values and its map to positions between 0 and 1.</summary>
internal sealed class Axis
{
    /// <summary>
    /// Magnitudes beyond this, and below its reciprocal on a log axis, count as infinite: their differences and ratios stay finite
    /// in all that a layout computes.
    /// </summary>
    private const double Largest = 1e150;

    /// <summary>Spans narrower than this, relative to the values, are drawn as one constant.</summary>
    private const double NarrowestSpan = 1e-10;

    private readonly double start;
    private readonly double length;

    public Axis(double low, double high, AxisScale scale)
    {
        (Low, High, Scale) = (low, high, scale);
        start = Along(low);
        length = Along(high) - start;
    }

    public double Low { get; }

    public double High { get; }

    public AxisScale Scale { get; }

    /// <summary>Whether a value has a place on an axis of that scale.</summary>
    public static bool Accepts(double value, AxisScale scale) =>
        Math.Abs(value) <= Largest && (scale == AxisScale.Linear || value >= 1 / Largest);

    /// <summary>
    /// The axis that shows an extent, with a margin of <paramref name="padding"/> of its length at both ends. The margin stops at
    /// zero, so that a density that is nowhere negative gets no negative axis, unless the extent has points that need the room.
    /// </summary>
    public static Axis Fit(Extent extent, (double Low, double High)? fixedRange, double padding)
    {
        if (fixedRange is var (low, high))
        {
            return new Axis(low, high, extent.Scale);
        }
        return extent.Scale == AxisScale.Log ? FitLog(extent, padding) : FitLinear(extent, padding);
    }

    /// <summary>Refuses a range that cannot be an axis.</summary>
    public static (double Low, double High)? Checked((double Low, double High)? range, string property)
    {
        if (range is var (low, high) && !(low < high && Accepts(low, AxisScale.Linear) && Accepts(high, AxisScale.Linear)))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{property}: ({low}, {high}) is no range; give finite numbers, the lower one first."), property);
        }
        return range;
    }

    /// <summary>The position of a value: 0 at the low end, 1 at the high end, NaN where it has none.</summary>
    public double Position(double value) => Accepts(value, Scale) ? (Along(value) - start) / length : double.NaN;

    private static Axis FitLinear(Extent extent, double padding)
    {
        (double low, double high) = (extent.Low, extent.High);
        double magnitude = Math.Max(Math.Abs(low), Math.Abs(high));
        if (extent.IsEmpty)
        {
            return new Axis(0, 1, AxisScale.Linear);
        }
        if (high - low <= Math.Max(NarrowestSpan * magnitude, 1 / Largest))
        {
            double around = magnitude <= 1 / Largest ? 1 : 0.1 * magnitude;
            return extent.HasBaseline ? new Axis(0, 1, AxisScale.Linear) : new Axis(low - around, high + around, AxisScale.Linear);
        }
        double margin = padding * (high - low);
        bool stops = !extent.HasPoints;
        double below = stops && low >= 0 && low < margin ? low : margin;
        double above = stops && high <= 0 && -high < margin ? -high : margin;
        return new Axis(low - below, high + above, AxisScale.Linear);
    }

    private static Axis FitLog(Extent extent, double padding)
    {
        if (extent.IsEmpty)
        {
            return new Axis(0.1, 10, AxisScale.Log);
        }
        double ratio = extent.High / extent.Low;
        double factor = ratio - 1 <= NarrowestSpan ? 3 : Math.Pow(ratio, padding);
        return new Axis(extent.Low / factor, extent.High * factor, AxisScale.Log);
    }

    private double Along(double value) => Scale == AxisScale.Log ? Math.Log10(value) : value;
}
