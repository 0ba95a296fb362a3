using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>Kullback–Leibler divergences in closed form.</summary>
internal static class ClosedForms
{
    private const double EulerGamma = 0.57721566490153286061;
    private const double HalfLogTwoPi = 0.91893853320467274178;

    public static void RegisterAll()
    {
        Divergence.Register<Normal, Normal>((p, q) => BetweenNormals(p.Loc, p.Scale, q.Loc, q.Scale));
        Divergence.Register<LogNormal, LogNormal>((p, q) => BetweenNormals(p.Loc, p.Scale, q.Loc, q.Scale));
        Divergence.Register<Laplace, Laplace>((p, q) =>
        {
            Tensor distance = (p.Loc - q.Loc).Abs();
            return (q.Scale / p.Scale).Log() + (distance / q.Scale) + (p.Scale / q.Scale * (-distance / p.Scale).Exp()) - 1;
        });
        Divergence.Register<Normal, Laplace>((p, q) =>
            (2 * q.Scale).Log() + (MeanAbsolute(p.Loc - q.Loc, p.Scale) / q.Scale) - p.Scale.Log() - (0.5 + HalfLogTwoPi));
        Divergence.Register<Exponential, Exponential>((p, q) => BetweenRates(q.Rate / p.Rate));
        Divergence.Register<Gamma, Gamma>((p, q) =>
        {
            Tensor ratio = q.Rate / p.Rate, shift = p.Concentration - q.Concentration;
            return (shift * p.Concentration.Digamma()) - p.Concentration.LogGamma() + q.Concentration.LogGamma()
                - (q.Concentration * ratio.Log()) + (p.Concentration * (ratio - 1));
        });
        Divergence.Register<Beta, Beta>((p, q) =>
        {
            (Tensor a, Tensor b, Tensor c, Tensor d) = (p.Concentration1, p.Concentration0, q.Concentration1, q.Concentration0);
            return Tensor.LogBeta(c, d) - Tensor.LogBeta(a, b) + ((a - c) * a.Digamma()) + ((b - d) * b.Digamma()) + ((c - a + d - b) * (a + b).Digamma());
        });
        Divergence.Register<Uniform, Uniform>((p, q) => ((q.High - q.Low) / (p.High - p.Low)).Log());
        Divergence.Register<Bernoulli, Bernoulli>((p, q) =>
            Bernoulli.Weighted(p.Probs, p.LogOne - q.LogOne) + Bernoulli.Weighted(p.Complement, p.LogZero - q.LogZero));
        Divergence.Register<Categorical, Categorical>((p, q) => p.ClassCount == q.ClassCount
            ? Bernoulli.Weighted(p.Probs, p.LogProbs - q.LogProbs).Sum(-1)
            : throw new ShapeException($"Kl: the Categoricals have {p.ClassCount} and {q.ClassCount} classes; they must have as many."));
        Divergence.Register<Poisson, Poisson>((p, q) =>
        {
            Tensor zero = p.Rate.EqualTo(0.0);
            return Tensor.Where(zero, q.Rate, p.Rate * BetweenRates(q.Rate / Tensor.Where(zero, 1.0, p.Rate)));
        });
    }

    /// <summary>−E[ln q(X)] from moments of p that are exact, less p's exact entropy; null where they are not known.</summary>
    public static Tensor? ByMoments(Univariate p, Distribution q)
    {
        if (p is MixtureDistribution or TransformedDistribution || p.Measure != Measure.Lebesgue || CrossEntropy(p, q) is not { } cross)
        {
            return null;
        }

        // Moments that do not exist make the divergence infinite; a parameter that is NaN makes the entropy NaN too.
        return Tensor.Where(cross.IsNaN(), double.PositiveInfinity, cross) - p.Entropy().Value;
    }

    private static Tensor? CrossEntropy(Univariate p, Distribution q) => q switch
    {
        Normal normal => normal.Scale.Log() + HalfLogTwoPi
            + (0.5 * (p.Variance().Value + (p.Mean().Value - normal.Loc).Square()) / normal.Scale.Square()),
        Uniform uniform => (uniform.High - uniform.Low).Log(),
        Exponential exponential => (exponential.Rate * p.Mean().Value) - exponential.Rate.Log(),
        Gamma gamma when MeanLog(p) is { } log => gamma.Concentration.LogGamma() - (gamma.Concentration * gamma.Rate.Log())
            - ((gamma.Concentration - 1) * log) + (gamma.Rate * p.Mean().Value),
        Beta beta when MeanLog(p) is { } log && MeanLogComplement(p) is { } complement => Tensor.LogBeta(beta.Concentration1, beta.Concentration0)
            - ((beta.Concentration1 - 1) * log) - ((beta.Concentration0 - 1) * complement),
        _ => null,
    };

    // E[ln X].
    private static Tensor? MeanLog(Univariate p) => p switch
    {
        Gamma gamma => gamma.Concentration.Digamma() - gamma.Rate.Log(),
        Exponential exponential => -exponential.Rate.Log() - EulerGamma,
        LogNormal normal => normal.Loc,
        Beta beta => beta.Concentration1.Digamma() - (beta.Concentration1 + beta.Concentration0).Digamma(),
        Uniform uniform => MeanLog(uniform.Low, uniform.High),
        _ => null,
    };

    // E[ln(1 − X)].
    private static Tensor? MeanLogComplement(Univariate p) => p switch
    {
        Beta beta => beta.Concentration0.Digamma() - (beta.Concentration1 + beta.Concentration0).Digamma(),
        Uniform uniform => MeanLog(1 - uniform.High, 1 - uniform.Low),
        _ => null,
    };

    private static Tensor MeanLog(Tensor low, Tensor high) => (Antiderivative(high) - Antiderivative(low)) / (high - low);

    // x·ln x − x, 0 at 0.
    private static Tensor Antiderivative(Tensor x)
    {
        Tensor positive = x > 0;
        return Tensor.SafeWhere(positive, x, y => y * (y.Log() - 1), 0.0);
    }

    private static Tensor BetweenNormals(Tensor loc, Tensor scale, Tensor otherLoc, Tensor otherScale)
    {
        Tensor ratio = (scale / otherScale).Square();
        return 0.5 * (ratio - 1 - ratio.Log() + ((loc - otherLoc) / otherScale).Square());
    }

    // r − 1 − ln r.
    private static Tensor BetweenRates(Tensor ratio) => ratio - 1 - ratio.Log();

    private static Tensor MeanAbsolute(Tensor loc, Tensor scale)
    {
        Tensor z = loc / scale;
        return (scale * (Math.Sqrt(2 / Math.PI) * (-0.5 * z.Square()).Exp())) + (loc * ((2 * z.NormalCdf()) - 1));
    }
}
