using MathNet.Numerics.Integration;
using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>ln P(low &lt; X ≤ high) of a distribution of one number, from the tail in which it cancels less.</summary>
internal static class IntervalMass
{
    // Below this logarithm of the ratio of the two tails, their difference has lost digits, and the density over so short a stretch is smooth.
    private const double Narrow = 0.02;

    private static readonly GaussLegendreRule s_rule = new(0, 1, 5);

    /// <summary>The logarithm of the mass; −∞, with a gradient of zero, where the interval is empty.</summary>
    /// <param name="source">The distribution.</param>
    /// <param name="low">The lower bound, which does not belong to the interval; may be −∞.</param>
    /// <param name="high">The upper bound; may be ∞.</param>
    public static Tensor Log(Univariate source, Tensor low, Tensor high)
    {
        (Tensor Low, Tensor High) ends = source.Support.Ends(source.DType) ?? (double.NegativeInfinity, double.PositiveInfinity);
        bool whole = source.Measure == Measure.Counting;

        // Bounds at or beyond an end of the support are put aside: there a logarithm of 0 has no gradient.
        Tensor outside = (whole ? high < ends.Low : high <= ends.Low) | (low >= ends.High);
        Tensor lowest = (whole ? low < ends.Low : low <= ends.Low) | outside, highest = (high >= ends.High) | outside;
        Tensor inner = Gradient.Stop(source.Support.InteriorPoint(source.DType));
        Tensor a = Tensor.Where(lowest, inner, low), b = Tensor.Where(highest, inner, high);

        // (the larger tail, the smaller one): below the bounds, and above them.
        Tensor below = Tensor.Where(highest, 0.0, source.LogCdf(b)), belowLess = Tensor.Where(lowest, double.NegativeInfinity, source.LogCdf(a));
        Tensor above = Tensor.Where(lowest, 0.0, source.LogSurvival(a)), aboveLess = Tensor.Where(highest, double.NegativeInfinity, source.LogSurvival(b));
        Tensor lower = Ratio(below, belowLess), upper = Ratio(above, aboveLess);
        Tensor fromBelow = Gradient.Stop(lower) > Gradient.Stop(upper);
        Tensor ratio = Tensor.Where(fromBelow, lower, upper), tail = Tensor.Where(fromBelow, below, above);
        Tensor empty = (ratio <= 0) | outside;
        Tensor result = Tensor.Where(empty, double.NegativeInfinity, tail + (-Tensor.Where(empty, 1.0, ratio)).Log1mExp());
        Tensor narrow = (ratio < Narrow) & (high > low) & !lowest & !highest;
        return whole || (!narrow.IsSymbolic && !(bool)narrow.Any())
            ? result
            : Tensor.Where(narrow, Integral(source, Tensor.Where(narrow, low, inner), Tensor.Where(narrow, high, inner + 1)), result);
    }

    // How far the larger tail is above the smaller one, in logarithms: 0 where both are empty.
    private static Tensor Ratio(Tensor larger, Tensor smaller)
    {
        Tensor none = larger.EqualTo(double.NegativeInfinity), whole = smaller.EqualTo(double.NegativeInfinity) & !none;
        Tensor difference = Tensor.Where(none | whole, 0.0, larger) - Tensor.Where(none | whole, 0.0, smaller);
        return Tensor.Where(whole, double.PositiveInfinity, difference);
    }

    // Two panels, since a density may have a kink in the middle of an interval around it. The interval lies inside the support.
    private static Tensor Integral(Univariate source, Tensor low, Tensor high)
    {
        Tensor width = high - low;
        int nodes = 2 * s_rule.Order, rank = Math.Max(width.Rank, source.BatchShape.Rank);
        double[] parts = [.. Enumerable.Range(0, nodes).Select(i => 0.5 * ((i / s_rule.Order) + s_rule.Abscissas[i % s_rule.Order]))];
        double[] weights = [.. Enumerable.Range(0, nodes).Select(i => Math.Log(0.5 * s_rule.Weights[i % s_rule.Order]))];
        Shape column = Shape.Create([nodes]).Concat([.. Enumerable.Repeat(1, rank)]);
        Tensor at = low + (Numeric.As(parts, column, source.DType) * width);
        return (source.LogDensity(at) + Numeric.As(weights, column, source.DType)).LogSumExp(0) + width.Log();
    }
}
