using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <content>Distances, which are symmetric.</content>
public static partial class Divergence
{
    // A kink where the two quantile functions cross costs digits.
    private const double KinkTolerance = 1e-5;

    private static readonly (double[] P, double[] W) FinePanels = QuadratureRule.LogitPanels(36, 8);

    /// <summary>
    /// The Jensen–Shannon divergence ½·KL(p‖m) + ½·KL(q‖m) with m = ½(p + q), from 0 to ln 2 nats (Lin 1991): by quadrature in one dimension, else by Monte
    /// Carlo.
    /// </summary>
    /// <param name="p">A distribution.</param>
    /// <param name="q">Another, with the same event shape.</param>
    /// <param name="key">For Monte Carlo; null is a fixed key.</param>
    /// <exception cref="ShapeException">The event shapes differ, or the batch shapes do not broadcast.</exception>
    /// <exception cref="DTypeException">The types differ.</exception>
    public static Estimate JensenShannon(Distribution p, Distribution q, RandomKey? key = null) => OfRatio(p, q, key, Constants.LogTwo, static d =>
    {
        // With r = p/(p + q): ln 2 + r·ln r + (1 − r)·ln(1 − r).
        Tensor r = d.Sigmoid();
        return Constants.LogTwo + (r * d.LogSigmoid()) + ((1 - r) * (-d).LogSigmoid());
    });

    /// <summary>The total variation distance ½·∫|p − q|, from 0 to 1: by quadrature in one dimension, else by Monte Carlo.</summary>
    /// <inheritdoc cref="JensenShannon"/>
    public static Estimate TotalVariation(Distribution p, Distribution q, RandomKey? key = null) =>
        OfRatio(p, q, key, 1, static d => (0.5 * d.Abs()).Tanh(), KinkTolerance);

    /// <summary>
    /// The Hellinger distance √(1 − ∫√(p·q)), from 0 to 1: in closed form for two Normals, Gammas, Exponentials, Betas, Poissons and multivariate Normals, else
    /// by quadrature in one dimension, else by Monte Carlo.
    /// </summary>
    /// <inheritdoc cref="JensenShannon"/>
    public static Estimate Hellinger(Distribution p, Distribution q, RandomKey? key = null)
    {
        ArgumentNullException.ThrowIfNull(p);
        ArgumentNullException.ThrowIfNull(q);
        Shape batch = Check(p, q);
        (p, q) = (Canonical(p), Canonical(q));
        if (Affinities.Log(p, q) is { } log)
        {
            return Estimate.Exact(Root(-log.Expm1()).BroadcastTo(batch));
        }

        // 1 − √(p·q)/m with p/q = eᵈ is 1 − 1/cosh(d/2), here without cancellation: tanh(d/4)·tanh(d/2).
        Estimate square = OfRatio(p, q, key, 1, static d => (0.25 * d).Tanh() * (0.5 * d).Tanh());
        Tensor root = Root(square.Value);
        return new(root, square.StandardError / (2 * Tensor.Maximum(Gradient.Stop(root), Math.Sqrt(p.DType.Epsilon()))), square.Kind);
    }

    /// <summary>
    /// The Wasserstein distance (min E|X − Y|ᵏ)^(1/k) of order 1 or 2 over all joint distributions of X ~ p and Y ~ q. Closed form for Normals (order 2 also for
    /// multivariate ones: Dowson and Landau 1982), sums over outcomes for order 1 of counts, else by quadrature of the difference of the quantiles.
    /// </summary>
    /// <param name="p">A distribution of numbers, or a Normal of vectors.</param>
    /// <param name="q">Another, alike.</param>
    /// <param name="order">1 or 2.</param>
    /// <exception cref="ShapeException">The event shapes differ, or the batch shapes do not broadcast.</exception>
    /// <exception cref="DTypeException">The types differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The order is neither 1 nor 2.</exception>
    /// <exception cref="NotSupportedException">
    /// Outcomes are vectors and not Normal with order 2, or counts with order 2: there is no formula, and the problem is one of optimal transport.
    /// </exception>
    public static Estimate Wasserstein(Distribution p, Distribution q, int order = 1)
    {
        ArgumentNullException.ThrowIfNull(p);
        ArgumentNullException.ThrowIfNull(q);
        if (order is not (1 or 2))
        {
            throw new ArgumentOutOfRangeException(nameof(order), order, "Wasserstein: the order must be 1 or 2.");
        }

        Shape batch = Check(p, q);
        Estimate? distance = (p, q) switch
        {
            (Normal a, Normal b) => Estimate.Exact(order == 1
                ? NormalMixtureCrps.MeanAbsolute(a.Loc - b.Loc, SafeSize(a.Scale - b.Scale))
                : Root((a.Loc - b.Loc).Square() + (a.Scale - b.Scale).Square())),
            (MultivariateNormal a, MultivariateNormal b) when order == 2 => Estimate.Exact(Root(Affinities.Bures(a, b))),
            (Univariate a, Univariate b) when a.Measure == Measure.Counting && b.Measure == Measure.Counting => order == 1 ? Steps(a, b) : null,
            (Univariate a, Univariate b) => Transport(a, b, order),
            _ => null,
        };
        return distance is { } found ? found with { Value = found.Value.BroadcastTo(batch), StandardError = found.StandardError.BroadcastTo(batch) }
            : throw new NotSupportedException(
                FormattableString.Invariant($"Wasserstein: there is no formula of order {order} for {p.Name} and {q.Name}; compare draws with EnergyDistance."));
    }

    // |σ| above 0 for E|N(μ, σ²)|, which is |μ| in the limit.
    private static Tensor SafeSize(Tensor x) => Tensor.Maximum(x.Abs(), x.DType == DType.Float32 ? 1e-30 : 1e-200);

    // √x, 0 with a gradient of 0 at 0.
    private static Tensor Root(Tensor x) => Tensor.SafeWhere(x > 0, x, y => y.Sqrt(), Tensor.Where(x.IsNaN(), x, 0.0));

    // ∫ m·g(ln p − ln q) with m = ½(p + q): half over points of p, half over points of q. g is bounded, so that no tail is missed.
    private static Estimate OfRatio(
        Distribution p, Distribution q, RandomKey? key, double apart, Func<Tensor, Tensor> g, double tolerance = QuadratureRule.RelativeTolerance)
    {
        ArgumentNullException.ThrowIfNull(p);
        ArgumentNullException.ThrowIfNull(q);
        Shape batch = Check(p, q);
        if (p.Measure != q.Measure)
        {
            return Estimate.Exact(Tensor.Full(batch, apart, p.DType));
        }

        if (p is Univariate one && q is Univariate other)
        {
            Tensor value = 0.5 * (Half(one, other) + Half(other, one));
            return Estimate.Numeric(value.BroadcastTo(batch), tolerance);
        }

        (RandomKey first, RandomKey second) = (key ?? Sampler.DefaultKey).Split();
        return Estimate.MonteCarlo(0.5 * (OfDraws(p, first) + OfDraws(q, second)));

        Tensor Half(Univariate from, Univariate to)
        {
            QuadratureRule rule = from.Quadrature();
            int missing = to.BatchShape.Rank - from.BatchShape.Rank;
            Tensor points = Widen(rule.Points, missing), weights = Widen(rule.Weights, missing);
            Tensor usable = !from.LogProb(points).IsInfinite() & (weights > 0);
            return Tensor.Where(usable, weights * g(Ratio(points)), 0.0).Sum(0);
        }

        Tensor OfDraws(Distribution from, RandomKey key)
        {
            Shape count = [Sampler.DefaultDraws];
            return g(Ratio((from.AsReparameterized()?.RSample(key, count) ?? from.Sample(key, count)).Cast(from.DType)));
        }

        // Beyond ±700 one of the two is all there is.
        Tensor Ratio(Tensor x) => (p.LogProb(x) - q.LogProb(x)).Clip(-700, 700);
    }

    private static Estimate Transport(Univariate p, Univariate q, int order)
    {
        int rank = Math.Max(p.BatchShape.Rank, q.BatchShape.Rank);
        Shape column = Shape.Create([FinePanels.P.Length, .. Enumerable.Repeat(1, rank)]);
        Tensor u = Numeric.As(FinePanels.P, column, p.DType), w = Numeric.As(FinePanels.W, column, p.DType);
        Tensor inside = (u > 0) & (u < 1), safe = Tensor.Where(inside, u, 0.5);
        Tensor gap = p.Quantile(safe) - q.Quantile(safe);
        Tensor terms = Tensor.Where(inside, w * (order == 1 ? gap.Abs() : gap.Square()), 0.0), total = terms.Sum(0);
        Tensor diverges = Gradient.Stop(Tensor.Maximum(terms[0], terms[^1]) > 1e-5 * total);
        Tensor value = Tensor.Where(diverges & (Gradient.Stop(total) > 0), double.PositiveInfinity, total);
        return order == 1 ? Estimate.Numeric(value, KinkTolerance) : Estimate.Numeric(Root(value), QuadratureRule.RelativeTolerance);
    }

    // Σ |F(k) − G(k)| over all whole numbers that matter to either.
    private static Estimate Steps(Univariate p, Univariate q)
    {
        Tensor a = Gradient.Stop(p.Quadrature().Points), b = Gradient.Stop(q.Quadrature().Points);
        double low = Math.Min(a.Min().ToScalar(), b.Min().ToScalar()), high = Math.Max(a.Max().ToScalar(), b.Max().ToScalar());
        int count = (int)Math.Min(high - low + 1, 1 << 24), rank = Math.Max(p.BatchShape.Rank, q.BatchShape.Rank);
        Tensor k = (low + Tensor.Arange(count, p.DType)).Reshape([count, .. Enumerable.Repeat(1, rank)]);
        return Estimate.Numeric((p.Cdf(k) - q.Cdf(k)).Abs().Sum(0), QuadratureRule.RelativeTolerance);
    }
}
