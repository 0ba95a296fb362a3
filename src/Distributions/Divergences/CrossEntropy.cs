using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// Cross-entropies −E[ln q(X)] in closed form: each family q asks for the expectations that its log density is made of, and any p that knows them will do.
/// </summary>
internal static class CrossEntropy
{
    /// <summary>KL(p‖q) as the cross-entropy less the entropy of p; null where either is not in closed form.</summary>
    public static Tensor? Divergence(Univariate p, Distribution q)
    {
        if (p is MixtureDistribution or TransformedDistribution)
        {
            return null;
        }

        var moments = new Moments(p);
        if (Of(moments, q) is not { } cross || p.Entropy() is not { Kind: Evidence.Exact } entropy)
        {
            return null;
        }

        Tensor value = cross - entropy.Value;
        return moments.Infinite is { } infinite ? Tensor.Where(infinite, double.PositiveInfinity, value) : value;
    }

    private static Tensor? Of(Moments p, Distribution q) => q switch
    {
        Normal normal when p.Spread(normal.Loc) is { } spread =>
            normal.Scale.Log() + Constants.HalfLogTwoPi + (0.5 * spread / normal.Scale.Square()),
        Laplace laplace when p.Absolute(laplace.Loc) is { } distance => (2 * laplace.Scale).Log() + (distance / laplace.Scale),
        Gumbel gumbel when p.Mean() is { } mean && p.LogExp(-1 / gumbel.Scale) is { } power =>
            gumbel.Scale.Log() + ((mean - gumbel.Loc) / gumbel.Scale) + ((gumbel.Loc / gumbel.Scale) + power).Exp(),
        Uniform uniform => (uniform.High - uniform.Low).Log(),
        ContinuousBernoulli bernoulli when p.Mean() is { } mean =>
            LogSinhc.Instance.Apply(0.5 * bernoulli.Logits) - (bernoulli.Logits * (mean - 0.5)),
        Beta beta when p.Log() is { } log && p.LogComplement() is { } complement => Tensor.LogBeta(beta.Concentration1, beta.Concentration0)
            - ((beta.Concentration1 - 1) * log) - ((beta.Concentration0 - 1) * complement),
        _ => OnTheHalfLine(p, q),
    };

    private static Tensor? OnTheHalfLine(Moments p, Distribution q) => q switch
    {
        Exponential exponential when p.Mean() is { } mean => (exponential.Rate * mean) - exponential.Rate.Log(),
        Gamma gamma when p.Mean() is { } mean && p.Log() is { } log => gamma.Concentration.LogGamma() - (gamma.Concentration * gamma.Rate.Log())
            - ((gamma.Concentration - 1) * log) + (gamma.Rate * mean),
        LogNormal normal when p.Log() is { } log && p.LogVariance() is { } variance =>
            log + normal.Scale.Log() + Constants.HalfLogTwoPi + (0.5 * (variance + (log - normal.Loc).Square()) / normal.Scale.Square()),
        HalfNormal half when p.Spread() is { } square =>
            half.Scale.Log() + Constants.HalfLogTwoPi - Constants.LogTwo + (0.5 * square / half.Scale.Square()),
        Rayleigh rayleigh when p.Spread() is { } square && p.Log() is { } log => (2 * rayleigh.Scale.Log()) - log + (0.5 * square / rayleigh.Scale.Square()),
        Maxwell maxwell when p.Spread() is { } square && p.Log() is { } log =>
            Constants.HalfLogTwoPi - Constants.LogTwo + (3 * maxwell.Scale.Log()) - (2 * log) + (0.5 * square / maxwell.Scale.Square()),
        Pareto pareto when p.Log() is { } log => ((pareto.Alpha + 1) * log) - pareto.Alpha.Log() - (pareto.Alpha * pareto.Scale.Log()),
        LogUniform uniform when p.Log() is { } log => log + (uniform.High / uniform.Low).Log().Log(),
        Weibull weibull when p.Log() is { } log && p.LogPower(weibull.Concentration) is { } power => weibull.Scale.Log() - weibull.Concentration.Log()
            - ((weibull.Concentration - 1) * (log - weibull.Scale.Log())) + (power - (weibull.Concentration * weibull.Scale.Log())).Exp(),
        Frechet frechet when p.Log() is { } log && p.LogPower(-frechet.Alpha) is { } power => frechet.Scale.Log() - frechet.Alpha.Log()
            + ((frechet.Alpha + 1) * (log - frechet.Scale.Log())) + (power + (frechet.Alpha * frechet.Scale.Log())).Exp(),
        InverseGamma inverse when p.Log() is { } log && p.LogPower(-Tensor.OnesLike(inverse.Scale)) is { } power => inverse.Concentration.LogGamma()
            - (inverse.Concentration * inverse.Scale.Log()) + ((inverse.Concentration + 1) * log) + (inverse.Scale * power.Exp()),
        _ => null,
    };
}
