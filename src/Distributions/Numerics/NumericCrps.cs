using MathNet.Numerics.Integration;
using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The CRPS by quadrature of the quantile score, 2∫(1{y ≤ q(α)} − α)·(q(α) − y) dα, cut at α = F(y) (Laio and Tamea 2007); a sum over the
/// outcomes of a discrete distribution.
/// </summary>
internal static class NumericCrps
{
    private const int Order = 10;

    // What lies beyond e^−32 or e^−16 is below the rounding of the type.
    private static readonly (double[] U, double[] W) Double = EndpointPanels(32), Single = EndpointPanels(16);

    public static Tensor Integrate(Univariate distribution, Tensor value)
    {
        value = value.Cast(distribution.DType);
        Tensor score = distribution.Measure == Measure.Counting && distribution.Quadrature() is { IsComplete: true } rule
            ? Sum(distribution, value, rule) : distribution.Measure == Measure.Counting ? PanelCrps.Integrate(distribution, 1, value) : Quantiles(distribution, value);

        // NaN of a parameter is in every probability.
        return Numeric.Propagate(value, Numeric.Propagate(Gradient.Stop(distribution.Cdf(value)), score));
    }

    private static Tensor Quantiles(Univariate distribution, Tensor value)
    {
        (double[] nodes, double[] weights) = distribution.DType == DType.Float64 ? Double : Single;
        Tensor below = distribution.Cdf(value), above = distribution.Survival(value);
        return 2 * NodeBlocks.Sum(distribution, below, nodes.Length, 1, (from, count) =>
        {
            Shape shape = Column(count, below.Rank);
            Tensor u = Numeric.As(nodes[from..(from + count)], shape, distribution.DType), w = Numeric.As(weights[from..(from + count)], shape, distribution.DType);

            // α = F·u below y, 1 − α = S·u above. A side without probability contributes nothing, whatever its quantiles are.
            Tensor lower = Side(below * u, below * u, below, value, -1);
            Tensor upper = Side(1 - (above * u), above * u, above, value, 1);
            return (w * (lower + upper)).Sum(0);
        });

        Tensor Side(Tensor probability, Tensor weight, Tensor mass, Tensor y, int sign)
        {
            Tensor share = weight * mass, inside = (probability > 0) & (probability < 1) & (share > 0);
            Tensor points = distribution.Quantile(Tensor.Where(inside, probability, 0.5));


            // A probability that was rounded may lie on the other side.
            return Tensor.Where(inside, share * (sign * (points - y)).Clip(min: 0), 0.0);
        }
    }

    // ∫ (F(x) − 1{y ≤ x})² dx over the steps of F from outcome to outcome, and 1 a unit beyond them.
    private static Tensor Sum(Univariate distribution, Tensor value, QuadratureRule rule)
    {
        int extra = Math.Max(0, value.Rank - distribution.BatchShape.Rank);
        Tensor points = rule.Points.Reshape(Column(rule.Points.Shape[0], extra).Concat(rule.Points.Shape[1..]));
        Tensor start = points[..^1], width = points[1..] - start, cdf = distribution.Cdf(start);
        Tensor before = Tensor.Minimum((value - start).Clip(min: 0), width);
        Tensor inside = ((before * cdf.Square()) + ((width - before) * (1 - cdf).Square())).Sum(0);
        return Numeric.Propagate(points[0], inside + (points[0] - value).Clip(min: 0) + (value - points[^1]).Clip(min: 0));
    }

    private static Shape Column(int length, int rank)
    {
        int[] lengths = new int[rank + 1];
        Array.Fill(lengths, 1);
        lengths[0] = length;
        return lengths;
    }

    // ∫₀¹ g(u) du in panels of length 1 in t = ln(u/(1 − u)) from −count on; past t = 8 one panel up to u = 1, where the integrand is smooth.
    private static (double[] U, double[] W) EndpointPanels(int count)
    {
        var rule = new GaussLegendreRule(0, 1, Order);
        var u = new List<double>();
        var w = new List<double>();
        for (int k = -count; k < 8; k++)
        {
            for (int i = 0; i < Order; i++)
            {
                double t = k + rule.Abscissas[i], p = 1 / (1 + Math.Exp(-t));
                u.Add(p);
                w.Add(rule.Weights[i] * p / (1 + Math.Exp(t)));
            }
        }

        double start = 1 / (1 + Math.Exp(-8.0));
        for (int i = 0; i < Order; i++)
        {
            u.Add(start + ((1 - start) * rule.Abscissas[i]));
            w.Add((1 - start) * rule.Weights[i]);
        }

        return ([.. u], [.. w]);
    }
}
