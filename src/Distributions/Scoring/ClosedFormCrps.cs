using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The CRPS in closed form of families in their standard form, as functions of z. Those of Jordan, Krüger and Lerch (2019, arXiv:1709.04743, appendix A) where
/// it has them, else from CRPS = E|X − z| − ½·E|X − X′|, where ½·E|X − X′| is the mean less the mean of the smaller of two.
/// </summary>
internal static class ClosedFormCrps
{
    /// <summary>Whether a condition on parameters holds for all of them; assumed while tracing, where values are not there.</summary>
    public static bool Holds(Tensor condition) => condition.IsSymbolic || (bool)condition.All();

    /// <summary>−z − 2·Ei(−e⁻ᶻ) + γ − ln 2, with distribution function exp(−e⁻ᶻ).</summary>
    public static Tensor Gumbel(Tensor z)
    {
        // E₁(h) underflows beyond h = 700, where the score is −z + γ − ln 2; and from z = 80 on, before h does, it grows as z.
        Tensor near = Tensor.Minimum(z, 80), h = (-Tensor.Maximum(near, -6.5)).Exp();
        return (2 * (-h).Exp() * ScaledExpIntegral.Instance.Apply(h)) - near + (z - near) + (Constants.EulerGamma - Constants.LogTwo);
    }

    /// <summary>P(Z ≤ z) = exp(−z⁻ᵅ), the generalised extreme value distribution with ξ = 1/α around its lower end, for α &gt; 1.</summary>
    public static Tensor Frechet(Tensor alpha, Tensor z)
    {
        Tensor inside = z > 0, h = Tensor.SafeWhere(inside, z, x => x.Pow(-alpha), double.PositiveInfinity), xi = 1 / alpha;
        Tensor above = Tensor.Where(inside, IncompleteGamma.Lower.Apply(1 - xi, Tensor.Where(inside, h, 1.0)), 1.0);
        Tensor cdf = Tensor.Where(inside, (-Tensor.Where(inside, h, 1.0)).Exp(), 0.0);
        return (z * ((2 * cdf) - 1)) + ((1 - xi).LogGamma().Exp() * ((2 * above) - (xi * Constants.LogTwo).Exp()));
    }

    /// <summary>P(Z &gt; z) = exp(−zᵏ) on [0, ∞).</summary>
    public static Tensor Weibull(Tensor k, Tensor z)
    {
        Tensor inside = z > 0, h = Tensor.SafeWhere(inside, z, x => x.Pow(k), 0.0), inverse = 1 / k.Cast(DType.Float64);

        // Where the mean is beyond the range of the type, what lies below z is not; its logarithm is a difference of large ones.
        Tensor logMean = (1 + inverse).LogGamma(), safe = Tensor.Where(inside, h, 1.0).Cast(DType.Float64);
        Tensor below = Tensor.Where(inside, (logMean + IncompleteGamma.LogLower.Apply(1 + inverse, safe)).Exp(), 0.0);
        return (z * (1 - (2 * (-h).Exp()))) + ((logMean - (Constants.LogTwo * inverse)).Exp() - (2 * below)).Cast(k.DType);
    }

    /// <summary>
    /// P(Z &gt; z) = (1 + z)^−α on [0, ∞), the generalised Pareto distribution with ξ = 1/α: z − 2·(1 − (1 + z)^(1 − α))/(α − 1) + 1/(2α − 1) for z ≥ 0 and
    /// α &gt; ½, through its limit z − 2·ln(1 + z) + 1 at α = 1; else ∞.
    /// </summary>
    public static Tensor Pareto(Tensor alpha, Tensor z)
    {
        Tensor finite = Gradient.Stop(alpha) > 0.5, a = Tensor.Where(finite, alpha, 2.0);
        Tensor log = z.Clip(min: 0).Log1p(), exponent = (1 - a) * log;
        Tensor near = exponent.Abs() < 1e-4, small = Tensor.Where(near, exponent, 0.0), large = Tensor.Where(near, 1.0, exponent);
        Tensor ratio = Tensor.Where(near, 1 + (small * (0.5 + (small * ((1.0 / 6) + (small / 24))))), large.Expm1() / large);
        Tensor score = z.Abs() - (2 * log * ratio) + (1 / ((2 * a) - 1));
        return Tensor.Where(finite | alpha.IsNaN(), score + (0 * alpha), double.PositiveInfinity);
    }

    /// <summary>
    /// P(Z ≤ z) = ½zᶜ up to 1 and P(Z > z) = ½z^−c from there, for c &gt; ½: 1 − z + (z^(c + 1) − 1)/(c + 1) below 1 and z − 1 + (z^(1 − c) − 1)/(c − 1) above, plus
    /// c/(4c² − 1); else ∞.
    /// </summary>
    public static Tensor LogLaplace(Tensor c, Tensor z)
    {
        Tensor finite = Gradient.Stop(c) > 0.5, a = Tensor.Where(finite, c, 2.0), left = z < 1, positive = z > 0;
        Tensor low = Tensor.SafeWhere(left & positive, z, x => ((a + 1) * x.Log()).Expm1(), -1.0) / (a + 1);
        Tensor high = ScaledExpm1.Instance.Apply(1 - a, Tensor.Where(left, 1.0, z).Log());
        Tensor score = (1 - z).Abs() + Tensor.Where(left, low, -high) + (0.25 / a / ((1 - (0.5 / a)) * (1 + (0.5 / a))));
        return Tensor.Where(finite | c.IsNaN(), score + (0 * c), double.PositiveInfinity);
    }

    /// <summary>P(Z ≤ z) = 1/(1 + z^−β) on [0, ∞), for β &gt; 1: z·(2F − 1) − B(1 + ξ, 1 − ξ)·(2·I(F; 1 + ξ, 1 − ξ) + ξ − 1) with ξ = 1/β.</summary>
    public static Tensor LogLogistic(Tensor beta, Tensor z)
    {
        Tensor cdf = Tensor.SafeWhere(z > 0, z, x => (beta * x.Log()).Sigmoid(), 0.0), xi = 1 / beta;
        Tensor below = IncompleteBeta.Lower.Apply(1 + xi, 1 - xi, cdf);
        return (z * ((2 * cdf) - 1)) - (Tensor.LogBeta(1 + xi, 1 - xi).Exp() * ((2 * below) + xi - 1));
    }

    /// <summary>
    /// 1/Z ~ Gamma(a, 1), for a &gt; 1. The larger of two has mean 2/(2a − 1)·B(a − 1, a)/B(a, a)·I(½; a − 1, a), where I(½; a − 1, a) is
    /// ½ + 4^(1 − a)/((a − 1)·B(a − 1, a − 1)).
    /// </summary>
    public static Tensor InverseGamma(Tensor a, Tensor z)
    {
        Tensor inside = z > 0, inverse = 1 / Tensor.Where(inside, z, 1.0), mean = 1 / (a - 1);
        Tensor cdf = Tensor.Where(inside, IncompleteGamma.Upper.Apply(a, inverse), 0.0);
        Tensor below = Tensor.Where(inside, IncompleteGamma.Upper.Apply(a - 1, inverse), 0.0);
        Tensor half = 0.5 + (((1 - a) * (2 * Constants.LogTwo)) - (a - 1).Log() - Tensor.LogBeta(a - 1, a - 1)).Exp();
        Tensor larger = 2 * half * (Tensor.LogBeta(a - 1, a) - Tensor.LogBeta(a, a)).Exp() / ((2 * a) - 1);
        return (z * ((2 * cdf) - 1)) + (2 * mean * (1 - below)) - larger;
    }

    /// <summary>P(Z &gt; z) = (1 − zᵃ)ᵇ on [0, 1]; the smaller of two has 2b for b.</summary>
    public static Tensor Kumaraswamy(Tensor a, Tensor b, Tensor z)
    {
        Tensor power = Tensor.SafeWhere(z > 0, z, x => x.Clip(max: 1).Pow(a), 0.0), inverse = 1 / a;
        Tensor end = power >= 1, survival = Tensor.Where(end, 0.0, (b * (-Tensor.Where(end, 0.0, power)).Log1p()).Exp());
        Tensor mean = b * Tensor.LogBeta(1 + inverse, b).Exp(), smaller = 2 * b * Tensor.LogBeta(1 + inverse, 2 * b).Exp();
        return (z * (1 - (2 * survival))) + smaller - (2 * mean * IncompleteBeta.Lower.Apply(1 + inverse, b, power));
    }

    /// <summary>Density 1/(π·(1 + z²)), whose score is finite though its mean is not: (2/π)·(z·arctan z − ½·ln(1 + z²) + ln 2).</summary>
    public static Tensor Cauchy(Tensor z) => 2 / Math.PI * ((z * z.Atan()) - (0.5 * Log1pSquare.Instance.Apply(z)) + Constants.LogTwo);

    /// <summary>The standard Normal on [low, high], which holds a probability M of it: with w = z inside and the nearer end outside,
    /// |z − w| + w·(2F(w) − 1) + 2φ(w)/M − (Φ(√2·high) − Φ(√2·low))/(√π·M²), in ratios of logarithms. Its terms are as large as the inverse of its spread.</summary>
    public static Tensor TruncatedNormal(Tensor low, Tensor high, Tensor z)
    {
        Tensor logMass = NormalLogMass.Instance.Apply(low, high), w = Tensor.Minimum(Tensor.Maximum(z, low), high);
        Tensor cdf = (NormalLogMass.Instance.Apply(low, w) - logMass).Exp(), density = ((-0.5 * w.Square()) - Constants.HalfLogTwoPi - logMass).Exp();
        Tensor self = (NormalLogMass.Instance.Apply(Math.Sqrt(2) * low, Math.Sqrt(2) * high) - (2 * logMass)).Exp() / Math.Sqrt(Math.PI);
        return (z - w).Abs() + (w * ((2 * cdf) - 1)) + (2 * density) - self;
    }

    /// <summary>
    /// Scores of which some are replaced by those of another function, which is given the elements alone: one row a score.
    /// </summary>
    /// <param name="score">The scores; of those that are replaced no gradient may be NaN.</param>
    /// <param name="replaced">Which, of the shape of the scores.</param>
    /// <param name="other">The others, from a function that takes those elements of a tensor that broadcasts to the scores.</param>
    public static Tensor Replace(Tensor score, Tensor replaced, Func<Func<Tensor, Tensor>, Tensor> other)
    {
        Shape shape = score.Shape;
        long[] rows = [.. replaced.BroadcastTo(shape).Cast(DType.Float64).ToDoubles().Select((bad, i) => bad != 0 ? i : -1L).Where(i => i >= 0)];
        if (rows.Length == 0)
        {
            return score;
        }

        Tensor index = Tensor.From(rows), scores = Tensor.Where(replaced, 0.0, score).Reshape(-1);
        return scores.ScatterAdd(0, index, other(x => x.BroadcastTo(shape).Reshape(-1).IndexSelect(0, index))).Reshape(shape);
    }

    /// <summary>The size of a standard Normal.</summary>
    public static Tensor HalfNormal(Tensor z)
    {
        Tensor w = z.Clip(min: 0), density = ((-0.5 * w.Square()) - Constants.HalfLogTwoPi).Exp();
        return (z - w).Abs() + (w * ((2 * (Constants.SqrtHalf * w).Erf()) - 1)) + (4 * density) - (2 / Math.Sqrt(Math.PI));
    }

    /// <summary>Failures before the first success of probability p: E|X − X′| = 2(1 − p)/(p·(2 − p)).</summary>
    public static Tensor Geometric(Tensor p, Tensor value)
    {
        Tensor negative = value < 0, n = Tensor.Where(negative, 0.0, value).Floor(), log = (-p).Log1p(), mean = (1 - p) / p;
        Tensor survival = Tensor.Where(negative, 1.0, ((n + 1) * log).Exp());

        // Σ k·f(k) up to n is m·(1 − qⁿ) − n·qⁿ⁺¹.
        Tensor below = Tensor.Where(negative, 0.0, -(mean * (n * log).Expm1()) - (n * survival));
        return (value * (1 - (2 * survival))) + mean - (2 * below) - (mean / (2 - p));
    }
}
