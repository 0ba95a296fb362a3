using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>Overlaps of two distributions of one family in closed form.</summary>
internal static class Affinities
{
    /// <summary>ln ∫√(p·q), the logarithm of the Bhattacharyya coefficient; null where there is no formula.</summary>
    public static Tensor? Log(Distribution p, Distribution q) => (p, q) switch
    {
        (Normal a, Normal b) => -(0.5 * ((a.Scale - b.Scale).Square() / (2 * a.Scale * b.Scale)).Log1p())
            - (0.25 * (a.Loc - b.Loc).Square() / (a.Scale.Square() + b.Scale.Square())),
        (Gamma a, Gamma b) => OfGammas(a.Concentration, a.Rate, b.Concentration, b.Rate),
        (Exponential a, Exponential b) => -((a.Rate - b.Rate).Square() / (4 * a.Rate * b.Rate)).Log1p() / 2,
        (Exponential a, Gamma b) => OfGammas(Tensor.OnesLike(a.Rate), a.Rate, b.Concentration, b.Rate),
        (Gamma a, Exponential b) => OfGammas(a.Concentration, a.Rate, Tensor.OnesLike(b.Rate), b.Rate),
        (Beta a, Beta b) => Tensor.LogBeta(0.5 * (a.Concentration1 + b.Concentration1), 0.5 * (a.Concentration0 + b.Concentration0))
            - (0.5 * (Tensor.LogBeta(a.Concentration1, a.Concentration0) + Tensor.LogBeta(b.Concentration1, b.Concentration0))),
        (Poisson a, Poisson b) => OfRates(a.Rate, b.Rate),
        (MultivariateNormal a, MultivariateNormal b) => OfVectors(a, b),
        _ => null,
    };

    /// <summary>The squared Wasserstein distance of order 2: |μ_p − μ_q|² + tr(Σ_p + Σ_q) − 2·Σ s, with s the singular values of L_pᵀ·L_q.</summary>
    public static Tensor Bures(MultivariateNormal p, MultivariateNormal q)
    {
        Tensor product = p.ScaleTril.Transpose().MatMul(q.ScaleTril);
        Tensor squares = product.MatMul(product.Transpose()).SymmetricEigenvalues();
        Tensor overlap = Tensor.SafeWhere(squares > 0, squares, x => x.Sqrt(), 0.0).Sum(-1);
        return (p.Loc - q.Loc).Square().Sum(-1) + p.ScaleTril.Square().Sum([-2, -1]) + q.ScaleTril.Square().Sum([-2, -1]) - (2 * overlap);
    }

    private static Tensor OfGammas(Tensor a, Tensor rate, Tensor b, Tensor otherRate)
    {
        Tensor mean = 0.5 * (a + b), middle = 0.5 * (rate + otherRate);
        return mean.LogGamma() - (0.5 * (a.LogGamma() + b.LogGamma())) + (0.5 * ((a * (rate / middle).Log()) + (b * (otherRate / middle).Log())));
    }

    // −½·(√λ − √μ)², with a gradient of zero in a rate of 0, where it has none.
    private static Tensor OfRates(Tensor rate, Tensor other)
    {
        Tensor product = rate * other, overlap = Tensor.SafeWhere(product > 0, product, x => x.Sqrt(), Tensor.Where(product.IsNaN(), product, 0.0));
        return overlap - (0.5 * (rate + other));
    }

    private static Tensor OfVectors(MultivariateNormal p, MultivariateNormal q)
    {
        Tensor factor = LinearMaps.Factor(0.5 * (p.ScaleTril.MatMul(p.ScaleTril.Transpose()) + q.ScaleTril.MatMul(q.ScaleTril.Transpose())));
        Tensor volumes = LinearMaps.LogDiagonal(factor) - (0.5 * (LinearMaps.LogDiagonal(p.ScaleTril) + LinearMaps.LogDiagonal(q.ScaleTril)));
        return -(0.125 * LinearMaps.Whiten(factor, p.Loc - q.Loc).Square().Sum(-1)) - volumes;
    }
}
