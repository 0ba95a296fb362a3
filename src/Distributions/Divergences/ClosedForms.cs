using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>Kullback–Leibler divergences in closed form.</summary>
internal static class ClosedForms
{
    public static void RegisterAll()
    {
        Divergence.Register<Normal, Normal>((p, q) => BetweenNormals(p.Loc, p.Scale, q.Loc, q.Scale));
        Divergence.Register<LogNormal, LogNormal>((p, q) => BetweenNormals(p.Loc, p.Scale, q.Loc, q.Scale));
        Divergence.Register<Laplace, Laplace>((p, q) =>
        {
            Tensor distance = (p.Loc - q.Loc).Abs();
            return (q.Scale / p.Scale).Log() + (distance / q.Scale) + (p.Scale / q.Scale * (-distance / p.Scale).Exp()) - 1;
        });
        Divergence.Register<Exponential, Exponential>((p, q) => BetweenRates(q.Rate / p.Rate));
        Divergence.Register<Gamma, Gamma>((p, q) => BetweenGammas(p.Concentration, p.Rate, q.Concentration, q.Rate));
        Divergence.Register<Beta, Beta>((p, q) =>
        {
            (Tensor a, Tensor b, Tensor c, Tensor d) = (p.Concentration1, p.Concentration0, q.Concentration1, q.Concentration0);
            return BetweenBetas(Double(a), Double(b), Double(c), Double(d)).Cast(p.DType);

            static Tensor Double(Tensor x) => x.Cast(DType.Float64);
        });
        Divergence.Register<LogitNormal, LogitNormal>((p, q) => BetweenNormals(p.Loc, p.Scale, q.Loc, q.Scale));
        Divergence.Register<InverseGamma, InverseGamma>((p, q) => BetweenGammas(p.Concentration, p.Scale, q.Concentration, q.Scale));
        Divergence.Register<Cauchy, Cauchy>((p, q) =>
        {
            // Chyzak and Nielsen (2019), written as ln(1 + d), so that a small divergence keeps its digits.
            Tensor shift = p.Loc - q.Loc, change = p.Scale - q.Scale;
            return ((shift.Square() + change.Square()) / (4 * p.Scale * q.Scale)).Log1p();
        });
        Divergence.Register<VonMises, VonMises>((p, q) =>
        {
            Tensor length = 1 - p.CircularVariance, turn = (0.5 * (p.Loc - q.Loc)).Sin().Square();
            return (q.Concentration.BesselI0e() / p.Concentration.BesselI0e()).Log() + ((q.Concentration - p.Concentration) * p.CircularVariance)
                + (2 * q.Concentration * length * turn);
        });
        Divergence.Register<InverseGaussian, InverseGaussian>((p, q) =>
        {
            Tensor distance = (p.Loc / q.Loc) - 1;
            Tensor square = (distance.Square() / p.Loc) + (1 / p.Concentration);
            return 0.5 * ((p.Concentration / q.Concentration).Log() - 1 + (q.Concentration * square));
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
            return Tensor.Where(zero, q.Rate, RateDivergence.Instance.Apply(Tensor.Where(zero, 1.0, p.Rate), q.Rate));
        });
        Divergence.Register<Bernoulli, Poisson>((p, q) =>
        {
            Tensor zero = q.Rate.EqualTo(0.0);
            Tensor impossible = zero & (Gradient.Stop(p.Probs) > 0);
            Tensor cross = q.Rate - (p.Probs * Tensor.Where(zero, 1.0, q.Rate).Log());
            return Tensor.Where(impossible, double.PositiveInfinity, cross - p.Entropy().Value);
        });
        Divergence.Register<Geometric, Geometric>((p, q) => BetweenCoins(p.Probs, q.Probs) / p.Probs);

        // The binomial coefficients only cancel where there are as many trials or successes.
        Divergence.Register<Binomial, Binomial>((p, q) =>
            Equal(p.TotalCount, q.TotalCount) ? p.TotalCount * BetweenCoins(p.Probs, q.Probs) : null);
        Divergence.Register<NegativeBinomial, NegativeBinomial>((p, q) =>
            Equal(p.TotalCount, q.TotalCount) ? p.TotalCount * BetweenCoins(p.Probs, q.Probs) / (1 - p.Probs) : null);
        Divergence.Register<DiscreteUniform, DiscreteUniform>((p, q) => ((q.High - q.Low + 1) / (p.High - p.Low + 1)).Log());
    }

    private static Tensor BetweenNormals(Tensor loc, Tensor scale, Tensor otherLoc, Tensor otherScale)
    {
        Tensor ratio = (scale / otherScale).Square();
        return 0.5 * (ratio - 1 - ratio.Log() + ((loc - otherLoc) / otherScale).Square());
    }

    // ln(B(c, d)/B(a, b)) + (a − c)·ψ(a) + (b − d)·ψ(b) + (c + d − a − b)·ψ(a + b) in the three parts by which ln Γ leaves its tangents, as those terms cancel for
    // close or large parameters; less than 0 only by their rounding, which has no gradient.
    private static Tensor BetweenBetas(Tensor a, Tensor b, Tensor c, Tensor d)
    {
        Tensor first = c - a, second = d - b;
        Tensor kl = LogGammaExcess.Instance.Apply(a, first, c) + LogGammaExcess.Instance.Apply(b, second, d) - LogGammaExcess.Instance.Apply(a + b, first + second, c + d);
        return Tensor.Where(kl < 0, kl - Gradient.Stop(kl), kl);
    }

    private static Tensor BetweenGammas(Tensor concentration, Tensor rate, Tensor otherConcentration, Tensor otherRate)
    {
        Tensor ratio = otherRate / rate, shift = concentration - otherConcentration;
        return (shift * concentration.Digamma()) - concentration.LogGamma() + otherConcentration.LogGamma()
            - (otherConcentration * ratio.Log()) + (concentration * (ratio - 1));
    }

    private static Tensor BetweenCoins(Tensor probs, Tensor other) => Bernoulli.FromProbs(probs).Kl(Bernoulli.FromProbs(other)).Value;

    private static bool Equal(Tensor a, Tensor b) => !a.IsSymbolic && !b.IsSymbolic && (bool)a.EqualTo(b).All();

    // r − 1 − ln r.
    private static Tensor BetweenRates(Tensor ratio) => ratio - 1 - ratio.Log();
}
