using MathNet.Numerics.Integration;
using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The CRPS by its definition, ∫ (F(x) − 1{y ≤ x})² dx, in Gauss–Legendre panels between y, kinks and quantiles, those of a mixture's components: however narrow one of them
/// is, panels end where it lies. The distribution function is evaluated alone.
/// </summary>
internal static class PanelCrps
{
    private const int Order = 8;

    private static readonly GaussLegendreRule s_rule = new(0, 1, Order);

    // Logits of the quantiles; the ends of the supports are among them.
    private static readonly double[] Double = Levels(32), Single = Levels(14);

    /// <param name="distribution">A mixture, or a distribution with kinks.</param>
    /// <param name="width">How many numbers its distribution function takes at each point.</param>
    /// <param name="value">What was observed.</param>
    public static Tensor Integrate(Univariate distribution, int width, Tensor value)
    {
        DType dtype = distribution.DType;
        double[] levels = dtype == DType.Float64 ? Double : Single;
        Shape full = Shape.Broadcast(value.Shape, distribution.BatchShape);
        Tensor y = value.BroadcastTo(full);
        Tensor probability = Numeric.As(levels, Column(levels.Length, distribution.BatchShape.Rank), dtype);
        Tensor landmarks = Numeric.Detached(() => Gradient.Stop(QuadratureRule.Joined(distribution.Landmarks(probability), distribution.Kinks)!));
        landmarks = landmarks.Reshape(landmarks.Shape[..1].Concat(Ones(full.Rank - landmarks.Rank + 1)).Concat(landmarks.Shape[1..]));
        landmarks = landmarks.BroadcastTo(landmarks.Shape[..1].Concat(full));

        // Where there is no quantile a panel is empty.
        Tensor own = y.Unsqueeze(0), edges = Tensor.Concat([Tensor.Where(landmarks.IsFinite(), landmarks, own), own]).Sort(0).Values;
        Shape column = Column(Order, full.Rank);
        Tensor nodes = Numeric.As(s_rule.Abscissas, column, dtype), weights = Numeric.As(s_rule.Weights, column, dtype);
        return NodeBlocks.Sum(distribution, y, edges.Shape[0] - 1, width * Order, (from, count) =>
        {
            Tensor left = edges[from..(from + count)].Unsqueeze(1), length = edges[(from + 1)..(from + count + 1)].Unsqueeze(1) - left;
            Tensor beyond = (Gradient.Stop(left) >= Gradient.Stop(y)).Cast(dtype);
            Tensor squares = (distribution.Cdf(left + (length * nodes)) - beyond).Square();
            return (length * weights * squares).Sum([0, 1]);
        });
    }

    private static double[] Levels(int half) =>
        [0, .. Enumerable.Range(0, (2 * half) + 1).Select(i => 1 / (1 + Math.Exp(half - i))), 1];

    private static Shape Column(int length, int rank) => Shape.Create([length]).Concat(Ones(rank));

    private static Shape Ones(int rank)
    {
        int[] lengths = new int[rank];
        Array.Fill(lengths, 1);
        return lengths;
    }
}
