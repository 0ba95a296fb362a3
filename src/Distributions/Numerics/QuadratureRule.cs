using MathNet.Numerics.Integration;
using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>Points and weights of shape [points] + batch with Σ w·g(x) = E[g(X)] for smooth g.</summary>
/// <param name="Points">The points, in the support, differentiable in the parameters.</param>
/// <param name="Weights">The weights, broadcast against the points.</param>
internal readonly record struct QuadratureRule(Tensor Points, Tensor Weights)
{
    // Probabilities from e^−36 to 1 − e^−36 (Float64): what lies beyond is below the rounding of a probability near 1.
    private const int PanelsDouble = 36, PanelsSingle = 15, Order = 8;

    /// <summary>What a smooth integrand is accurate to.</summary>
    public const double RelativeTolerance = 1e-8;

    private static readonly (double[] P, double[] W) Double = LogitPanels(PanelsDouble), Single = LogitPanels(PanelsSingle);

    /// <summary>The rule of a distribution with a quantile function.</summary>
    public static QuadratureRule Of(Univariate distribution) =>
        distribution.Measure == Measure.Counting ? Lattice(distribution) : Panels(distribution);

    /// <summary>E[g(X)], of shape batch.</summary>
    public Tensor Expect(Tensor values) => (Weights * values).Sum(0);

    /// <summary>E[X] and Var[X].</summary>
    public (Estimate Mean, Estimate Variance) Moments()
    {
        Tensor mean = Expect(Points);
        return (Estimate.Numeric(mean, RelativeTolerance), Estimate.Numeric(Expect((Points - mean).Square()), RelativeTolerance));
    }

    /// <summary>−E[ln f(X)].</summary>
    public Estimate Entropy(Univariate distribution)
    {
        Tensor log = distribution.LogProb(Points);
        return Estimate.Numeric(-Expect(Tensor.Where(log.IsInfinite(), 0.0, log)), RelativeTolerance);
    }

    private static QuadratureRule Panels(Univariate distribution)
    {
        (double[] p, double[] w) = distribution.DType == DType.Float64 ? Double : Single;
        Shape shape = Column(p.Length, distribution.BatchShape.Rank);
        Tensor points = distribution.Quantile(Numeric.As(p, shape, distribution.DType));
        return new(points, Numeric.As(w, shape, distribution.DType));
    }

    private static QuadratureRule Lattice(Univariate distribution)
    {
        DType dtype = distribution.DType;
        (Tensor low, Tensor high) = Numeric.Detached(() =>
        {
            double tail = dtype.Epsilon();
            return (distribution.Quantile(Tensor.Full(distribution.BatchShape, tail * tail, dtype)),
                distribution.Quantile(Tensor.Full(distribution.BatchShape, 1 - tail, dtype)));
        });
        double width = distribution.BatchShape.Size == 0 ? 0 : (high - low).Cast(DType.Float64).Max().ToScalar();
        int count = double.IsFinite(width) ? (int)Math.Min(width, 1 << 24) + 1 : 1;
        Tensor points = low + Tensor.Arange(count, dtype).Reshape(Column(count, distribution.BatchShape.Rank));
        Tensor inside = points <= high;
        Tensor safe = Tensor.Where(inside | points.IsNaN(), points, high);
        return new(safe, Tensor.Where(inside | points.IsNaN(), distribution.LogProb(safe).Exp(), 0.0));
    }

    private static Shape Column(int length, int batchRank)
    {
        int[] lengths = new int[batchRank + 1];
        Array.Fill(lengths, 1);
        lengths[0] = length;
        return lengths;
    }

    /// <summary>∫₀¹ g dp = ∫ g·p(1 − p) dt with t = ln(p/(1 − p)) from −half to half, in panels of length 1 or a fraction of it.</summary>
    internal static (double[] P, double[] W) LogitPanels(int half, int panelsPerUnit = 1)
    {
        var rule = new GaussLegendreRule(0, 1, Order);
        var p = new double[2 * half * panelsPerUnit * Order];
        var w = new double[p.Length];
        for (int i = 0; i < p.Length; i++)
        {
            double t = (((i / Order) + rule.Abscissas[i % Order]) / panelsPerUnit) - half;
            p[i] = 1 / (1 + Math.Exp(-t));
            w[i] = rule.Weights[i % Order] / panelsPerUnit * p[i] / (1 + Math.Exp(t));
        }

        return (p, w);
    }
}
