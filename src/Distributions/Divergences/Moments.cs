using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// Expectations under one distribution that are known in closed form, each null where it is not. An expectation that diverges is noted in
/// <see cref="Infinite"/> and stands as a harmless number in its place, so that no gradient is NaN.
/// </summary>
internal sealed class Moments(Univariate p)
{
    /// <summary>Where an expectation that was asked for diverges; null if none was.</summary>
    public Tensor? Infinite { get; private set; }

    /// <summary>E[X].</summary>
    public Tensor? Mean() => Exact(p.Mean());

    /// <summary>E[(X − c)²].</summary>
    public Tensor? Spread(Tensor? center = null)
    {
        if (Mean() is not { } mean || Exact(p.Variance()) is not { } variance)
        {
            return null;
        }

        return variance + (center is null ? mean : mean - center).Square();
    }

    /// <summary>E[ln X].</summary>
    public Tensor? Log() => p switch
    {
        Gamma gamma => gamma.Concentration.Digamma() - gamma.Rate.Log(),
        Exponential exponential => -exponential.Rate.Log() - Constants.EulerGamma,
        LogNormal normal => normal.Loc,
        Beta beta => beta.Concentration1.Digamma() - (beta.Concentration1 + beta.Concentration0).Digamma(),
        Uniform uniform => UniformLog(uniform.Low, uniform.High),
        HalfNormal half => half.Scale.Log() - (0.5 * (Constants.EulerGamma + Constants.LogTwo)),
        Rayleigh rayleigh => rayleigh.Scale.Log() + (0.5 * (Constants.LogTwo - Constants.EulerGamma)),
        Maxwell maxwell => maxwell.Scale.Log() + (1 - (0.5 * (Constants.EulerGamma + Constants.LogTwo))),
        Weibull weibull => weibull.Scale.Log() - (Constants.EulerGamma / weibull.Concentration),
        Frechet frechet => frechet.Scale.Log() + (Constants.EulerGamma / frechet.Alpha),
        InverseGamma inverse => inverse.Scale.Log() - inverse.Concentration.Digamma(),
        Pareto pareto => pareto.Scale.Log() + (1 / pareto.Alpha),
        Lomax lomax => lomax.Scale.Log() - Constants.EulerGamma - lomax.Alpha.Digamma(),
        LogLogistic logistic => logistic.Scale.Log(),
        HalfCauchy cauchy => cauchy.Scale.Log(),
        LogUniform uniform => 0.5 * (uniform.Low.Log() + uniform.High.Log()),
        Kumaraswamy k => (-Constants.EulerGamma - (k.Concentration0 + 1).Digamma()) / k.Concentration1,
        InverseGaussian inverse => inverse.Loc.Log() - ScaledExpIntegral.Instance.Apply(2 * inverse.Concentration / inverse.Loc),
        FisherSnedecor f => (f.Df2 / f.Df1).Log() + (0.5 * f.Df1).Digamma() - (0.5 * f.Df2).Digamma(),
        _ => null,
    };

    /// <summary>Var[ln X].</summary>
    public Tensor? LogVariance() => p switch
    {
        Gamma gamma => gamma.Concentration.Trigamma(),
        InverseGamma inverse => inverse.Concentration.Trigamma(),
        Exponential exponential => Math.PI * Math.PI / 6 * Tensor.OnesLike(exponential.Rate),
        LogNormal normal => normal.Scale.Square(),
        Beta beta => beta.Concentration1.Trigamma() - (beta.Concentration1 + beta.Concentration0).Trigamma(),
        Weibull weibull => Math.PI * Math.PI / 6 / weibull.Concentration.Square(),
        Frechet frechet => Math.PI * Math.PI / 6 / frechet.Alpha.Square(),
        Pareto pareto => 1 / pareto.Alpha.Square(),
        LogLogistic logistic => Math.PI * Math.PI / 3 / logistic.Concentration.Square(),
        LogUniform uniform => (uniform.High / uniform.Low).Log().Square() / 12,
        _ => null,
    };

    /// <summary>E[ln(1 − X)].</summary>
    public Tensor? LogComplement() => p switch
    {
        Beta beta => beta.Concentration0.Digamma() - (beta.Concentration1 + beta.Concentration0).Digamma(),
        Uniform uniform => UniformLog(1 - uniform.High, 1 - uniform.Low),
        _ => null,
    };

    /// <summary>ln E[Xʳ] for X ≥ 0.</summary>
    public Tensor? LogPower(Tensor r) => p switch
    {
        Gamma gamma => GammaPower(gamma.Concentration, r) - (r * gamma.Rate.Log()),
        Exponential exponential => Gamma(1 + r) - (r * exponential.Rate.Log()),
        LogNormal normal => r * (normal.Loc + (0.5 * r * normal.Scale.Square())),
        Weibull weibull => Gamma(1 + (r / weibull.Concentration)) + (r * weibull.Scale.Log()),
        Rayleigh rayleigh => Gamma(1 + (0.5 * r)) + (r * (rayleigh.Scale.Log() + (0.5 * Constants.LogTwo))),
        Frechet frechet => Gamma(1 - (r / frechet.Alpha)) + (r * frechet.Scale.Log()),
        InverseGamma inverse => GammaPower(inverse.Concentration, -r) + (r * inverse.Scale.Log()),
        Pareto pareto => (r * pareto.Scale.Log()) - Positive(1 - (r / pareto.Alpha)).Log(),
        _ => null,
    };

    /// <summary>ln E[exp(tX)] for t ≤ 0.</summary>
    public Tensor? LogExp(Tensor t) => p switch
    {
        Normal normal => t * (normal.Loc + (0.5 * t * normal.Scale.Square())),
        Exponential exponential => -(-t / exponential.Rate).Log1p(),
        Gamma gamma => -gamma.Concentration * (-t / gamma.Rate).Log1p(),
        Gumbel gumbel => (t * gumbel.Loc) + Gamma(1 - (t * gumbel.Scale)),
        Laplace laplace => (t * laplace.Loc) - Positive(1 - (t * laplace.Scale).Square()).Log(),
        Uniform uniform => (t * uniform.Low) + LogMeanExp(-t * (uniform.High - uniform.Low)),
        Logistic logistic => LogSinc(logistic, t),
        _ => null,
    };

    /// <summary>E|X − c|.</summary>
    public Tensor? Absolute(Tensor center) => p switch
    {
        Normal normal => NormalMixtureCrps.MeanAbsolute(normal.Loc - center, normal.Scale),
        Laplace laplace => (laplace.Loc - center).Abs() + (laplace.Scale * (-(laplace.Loc - center).Abs() / laplace.Scale).Exp()),
        Logistic logistic => (center - logistic.Loc) + (2 * logistic.Scale * ((logistic.Loc - center) / logistic.Scale).Softplus()),
        Uniform uniform => UniformAbsolute(uniform.Low - center, uniform.High - center),
        _ => null,
    };

    private static Tensor LogMeanExp(Tensor width) => (-(-width).Expm1() / width).Log();

    // (∫ |x| dx)/(b − a) over [a, b], with (x|x|)′ = 2|x|.
    private static Tensor UniformAbsolute(Tensor low, Tensor high) => 0.5 * ((high * high.Abs()) - (low * low.Abs())) / (high - low);

    private static Tensor UniformLog(Tensor low, Tensor high) => (Antiderivative(high) - Antiderivative(low)) / (high - low);

    // x·ln x − x, 0 at 0.
    private static Tensor Antiderivative(Tensor x) => Tensor.SafeWhere(x > 0, x, y => y * (y.Log() - 1), 0.0);

    // tμ + ln(πst/sin πst) for |st| < 1.
    private Tensor LogSinc(Logistic logistic, Tensor t)
    {
        Tensor angle = Math.PI * Finite(1 - (t * logistic.Scale).Abs() > 0, (t * logistic.Scale).Abs(), 0.5);
        return (t * logistic.Loc) + (angle / angle.Sin()).Log();
    }

    private Tensor GammaPower(Tensor concentration, Tensor r) => Gamma(concentration + r) - concentration.LogGamma();

    // ln Γ(a) of a moment, which diverges at a ≤ 0.
    private Tensor Gamma(Tensor a) => Positive(a).LogGamma();

    private Tensor Positive(Tensor x) => Finite((x > 0) | x.IsNaN(), x, 1);

    private Tensor? Exact(Estimate moment)
    {
        if (moment.Kind != Evidence.Exact)
        {
            return null;
        }

        // A moment that is not defined, such as the mean of a Cauchy, diverges in the absolute value; NaN from a parameter stays NaN.
        Tensor value = moment.Value, usable = !value.IsInfinite();
        foreach ((_, Tensor parameter) in p.Parameters)
        {
            if (!parameter.Shape.BroadcastsTo(value.Shape))
            {
                return Finite(usable, value, 1);
            }
        }

        Tensor poisoned = p.Parameters.Select(parameter => parameter.Value.IsNaN()).Aggregate((a, b) => a | b);
        return Finite(usable & (!value.IsNaN() | poisoned), value, 1);
    }

    private Tensor Finite(Tensor usable, Tensor value, double otherwise)
    {
        usable = Gradient.Stop(usable);
        Infinite = Infinite is null ? !usable : Infinite | !usable;

        // Of a family without this moment nothing is kept: a gradient of zero times a derivative that is NaN is NaN.
        return Tensor.Where(usable, usable.IsSymbolic || (bool)usable.Any() ? value : Gradient.Stop(value), otherwise);
    }
}
