using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <content>Distances, which are symmetric.</content>
public static partial class Divergence
{
    // A kink where the two quantile functions cross costs digits.
    private const double KinkTolerance = 1e-5;

    // A step of a quantile function, of counts beside a density, lies anywhere in a panel: an eighth of a unit of the logit, at most 1/32 of the probability.
    private const double StepTolerance = 1.0 / 32;

    // Logits of u on either side of 0, and in how many panels each unit of them is divided.
    private const int FineHalf = 36, FinePerUnit = 8, PointsOfUnit = FinePerUnit * QuadratureRule.Order;

    private static readonly (double[] P, double[] W, double[] Coarse) FinePanels = QuadratureRule.LogitPanels(FineHalf, FinePerUnit);

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
    /// multivariate ones: Dowson and Landau 1982), sums over the steps of the quantiles of counts, else by quadrature of the difference of the quantiles.
    /// </summary>
    /// <param name="p">A distribution of numbers, or a Normal of vectors.</param>
    /// <param name="q">Another, alike.</param>
    /// <param name="order">1 or 2.</param>
    /// <exception cref="ShapeException">The event shapes differ, or the batch shapes do not broadcast.</exception>
    /// <exception cref="DTypeException">The types differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The order is neither 1 nor 2.</exception>
    /// <exception cref="NotSupportedException">
    /// Outcomes are vectors and not Normal with order 2: there is no formula, and the problem is one of optimal transport.
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
            (Univariate a, Univariate b) when a.Measure == Measure.Counting && b.Measure == Measure.Counting => Steps(a, b, order),
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
            (Estimate first, Estimate second) = (Half(one, other), Half(other, one));
            Tensor value = 0.5 * (first.Value + second.Value), error = 0.5 * (first.StandardError + second.StandardError);
            return new(value.BroadcastTo(batch), error.BroadcastTo(batch), Evidence.Numeric);
        }

        (RandomKey left, RandomKey right) = (key ?? Sampler.DefaultKey).Split();
        return Estimate.MonteCarlo(0.5 * (OfDraws(p, left) + OfDraws(q, right)));

        Estimate Half(Univariate from, Univariate to) => Integrate(from, to, tolerance, rule =>
        {
            Tensor usable = !from.LogProb(rule.Points).IsInfinite() & (rule.Weights > 0);
            return rule.Sum(Tensor.Where(usable, rule.Weights * g(Ratio(rule.Points)), 0.0), tolerance);
        });

        Tensor OfDraws(Distribution from, RandomKey key)
        {
            Shape count = [Sampler.DefaultDraws];
            return g(Ratio((from.AsReparameterized()?.RSample(key, count) ?? from.Sample(key, count)).Cast(from.DType)));
        }

        // Beyond ±700 one of the two is all there is.
        Tensor Ratio(Tensor x) => (p.LogProb(x) - q.LogProb(x)).Clip(-700, 700);
    }

    // ∫ |F⁻¹(u) − G⁻¹(u)|ᵏ du over the logit of u. Near 1, u has too few digits left: beyond both ends the integrand goes on as a power of the probability, as the tails of
    // all families do at least nearly, with the exponent of the outermost stretches. Where it does not fall there, the integral diverges.
    private static Estimate Transport(Univariate p, Univariate q, int order)
    {
        int rank = Math.Max(p.BatchShape.Rank, q.BatchShape.Rank);
        Shape column = Shape.Create([FinePanels.P.Length, .. Enumerable.Repeat(1, rank)]);
        Tensor u = Numeric.As(FinePanels.P, column, p.DType), w = Numeric.As(FinePanels.W, column, p.DType);
        Tensor inside = (u > 0) & (u < 1), safe = Tensor.Where(inside, u, 0.5);
        Tensor gap = p.Quantile(safe) - q.Quantile(safe);
        Tensor terms = Tensor.Where(inside, w * (order == 1 ? gap.Abs() : gap.Square()), 0.0);
        (int end, int width, double slowest) = p.DType == DType.Float64 ? (30, 4, 0.99) : (12, 2, 0.97);
        Tensor total = Between(-end, end), off = Gradient.Stop(0 * total), diverges = off > 0;
        foreach (bool upper in new[] { false, true })
        {
            (Tensor last, Tensor before, Tensor first) = (Stretch(0), Stretch(1), Stretch(2));
            Tensor matters = Gradient.Stop(last) > p.DType.Epsilon() * Gradient.Stop(total), ratio = Ratio(last, before);
            Tensor beyond = Tensor.Where(matters, Beyond(last, ratio), 0.0);
            diverges |= matters & Gradient.Stop(ratio) > slowest;
            off += Tensor.Where(matters, Gradient.Stop(beyond - Beyond(last, Ratio(before, first))).Abs(), 0.0);
            total += beyond;

            Tensor Stretch(int inward) => upper ? Between(end - ((inward + 1) * width), end - (inward * width)) : Between((inward * width) - end, ((inward + 1) * width) - end);
        }

        Tensor value = Tensor.Where(diverges, double.PositiveInfinity, total);
        double tolerance = p.Measure != q.Measure ? StepTolerance : order == 1 ? KinkTolerance : QuadratureRule.RelativeTolerance;
        Estimate distance = Estimate.Numeric(order == 1 ? value : Root(value), tolerance);
        Tensor error = order == 1 ? off : off / (2 * Tensor.Maximum(Gradient.Stop(Root(total)), Math.Sqrt(p.DType.Epsilon())));
        return distance with { StandardError = Tensor.Where(diverges, double.PositiveInfinity, distance.StandardError + error) };

        Tensor Between(int from, int to) => terms[((from + FineHalf) * PointsOfUnit)..((to + FineHalf) * PointsOfUnit)].Sum(0);

        Tensor Ratio(Tensor outer, Tensor inner) => Tensor.SafeWhere(inner > 0, inner, x => outer / x, 0.0);

        Tensor Beyond(Tensor last, Tensor ratio) => last * ratio.Clip(0, slowest) / (1 - ratio.Clip(0, slowest));
    }

    // ∫ |F⁻¹(u) − G⁻¹(u)|ᵏ du of two step functions: between neighbouring values of either distribution function, both stand still.
    private static Estimate Steps(Univariate p, Univariate q, int order)
    {
        (Tensor x, Tensor f) = Ladder(p);
        (Tensor y, Tensor g) = Ladder(q);
        Shape batch = Shape.Broadcast(x.Shape[..^1], y.Shape[..^1]);
        (x, f, y, g) = (Wide(x), Wide(f), Wide(y), Wide(g));
        Tensor all = Tensor.Concat([f, g], -1), levels = all.Gather(-1, Gradient.Stop(all).ArgSort());
        Tensor left = Tensor.Concat([0 * levels[TensorIndex.Ellipsis, ..1], levels[TensorIndex.Ellipsis, ..^1]], -1), width = levels - left;
        Tensor middle = Gradient.Stop(0.5 * (levels + left));
        Tensor gap = Outcome(x, f) - Outcome(y, g);
        Tensor total = (width * (order == 1 ? gap.Abs() : gap.Square())).Sum(-1);
        return Estimate.Numeric((order == 1 ? total : Root(total)).Cast(p.DType), QuadratureRule.RelativeTolerance);

        Tensor Wide(Tensor table) => table.BroadcastTo(batch.Concat([table.Shape[-1]]));

        Tensor Outcome(Tensor outcomes, Tensor sums) => outcomes.Gather(
            -1, Tensor.Minimum(Gradient.Stop(sums).SearchSorted(middle), Tensor.Scalar(outcomes.Shape[-1] - 1, DType.Int64)));
    }

    // The outcomes that matter and the distribution function at each, which ends at 1, along a last axis.
    private static (Tensor Outcomes, Tensor Sums) Ladder(Univariate distribution)
    {
        QuadratureRule rule = distribution.Quadrature();
        Tensor weights = rule.Weights.Cast(DType.Float64).BroadcastTo(rule.Points.Shape).MoveAxis(0, -1), sums = weights.CumSum(-1);
        return (rule.Points.Cast(DType.Float64).MoveAxis(0, -1), sums / sums[TensorIndex.Ellipsis, (sums.Shape[-1] - 1)..]);
    }
}
