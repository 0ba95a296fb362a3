using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>Kullback–Leibler divergences of distributions of vectors and matrices in closed form.</summary>
internal static class MultivariateClosedForms
{
    public static void RegisterAll()
    {
        Divergence.Register<MultivariateNormal, MultivariateNormal>((p, q) => BetweenNormals(p.Loc, p.ScaleTril, q.Loc, q.ScaleTril));
        Divergence.Register<MultivariateNormal, LowRankMultivariateNormal>((p, q) => BetweenNormals(p.Loc, p.ScaleTril, q.Loc, Factor(q)));
        Divergence.Register<LowRankMultivariateNormal, MultivariateNormal>((p, q) => BetweenNormals(p.Loc, Factor(p), q.Loc, q.ScaleTril));
        Divergence.Register<LowRankMultivariateNormal, LowRankMultivariateNormal>((p, q) => BetweenNormals(p.Loc, Factor(p), q.Loc, Factor(q)));
        Divergence.Register<Independent<Normal>, MultivariateNormal>((p, q) => BetweenNormals(p.Mode, Factor(p), q.Loc, q.ScaleTril));
        Divergence.Register<MultivariateNormal, Independent<Normal>>((p, q) => BetweenNormals(p.Loc, p.ScaleTril, q.Mode, Factor(q)));
        Divergence.Register<Dirichlet, Dirichlet>((p, q) =>
        {
            (Tensor a, Tensor b) = (p.Concentration, q.Concentration);
            Tensor total = a.Sum(-1), shift = a - b;
            return total.LogGamma() - b.Sum(-1).LogGamma() - (a.LogGamma() - b.LogGamma()).Sum(-1)
                + (shift * (a.Digamma() - total.Digamma().Unsqueeze(-1))).Sum(-1);
        });
        Divergence.Register<OneHotCategorical, OneHotCategorical>((p, q) => Bernoulli.Weighted(p.Probs, p.LogProbs - q.LogProbs).Sum(-1));
        Divergence.Register<Multinomial, Multinomial>((p, q) => Tensor.Where(
            p.TotalCount.EqualTo(q.TotalCount), p.TotalCount * Bernoulli.Weighted(p.Probs, p.LogProbs - q.LogProbs).Sum(-1), double.PositiveInfinity));
        Divergence.Register<LogisticNormal, LogisticNormal>((p, q) => p.Source.Kl(q.Source).Value);
        Divergence.Register<GaussianRandomWalk, GaussianRandomWalk>((p, q) =>
            p.EventShape[0] * new Normal(p.Drift, p.Scale).Kl(new Normal(q.Drift, q.Scale)).Value);
        Divergence.Register<VonMisesFisher, VonMisesFisher>(VonMisesFisher.Divergence);
        Divergence.Register<StationaryAR1, StationaryAR1>(StationaryAR1.Divergence);
        Divergence.Register<StationaryAR1, MultivariateNormal>((p, q) => BetweenNormals(p.Mode, p.ScaleTril, q.Loc, q.ScaleTril));
        Divergence.Register<MultivariateNormal, StationaryAR1>((p, q) => BetweenNormals(p.Loc, p.ScaleTril, q.Mode, q.ScaleTril));
        Divergence.Register<Wishart, Wishart>((p, q) => BetweenWisharts(p.Df, p.ScaleTril, q.Df, q.ScaleTril, q.ScaleTril.SolveTriangular(p.ScaleTril)));

        // The inverses are Wisharts of the inverse scales, and an invertible map does not change a divergence.
        Divergence.Register<InverseWishart, InverseWishart>((p, q) =>
            BetweenWisharts(p.Df, q.ScaleTril, q.Df, p.ScaleTril, p.ScaleTril.SolveTriangular(q.ScaleTril)));
        Divergence.Register<MatrixNormal, MatrixNormal>((p, q) =>
        {
            (int rows, int columns) = (p.EventShape[0], p.EventShape[1]);
            Tensor spread = q.RowTril.SolveTriangular(p.RowTril).Square().Sum([-2, -1]) * q.ColTril.SolveTriangular(p.ColTril).Square().Sum([-2, -1]);
            Tensor shift = q.ColTril.SolveTriangular(q.RowTril.SolveTriangular(p.Loc - q.Loc).Transpose()).Square().Sum([-2, -1]);
            return (0.5 * (spread + shift - (rows * columns))) + (columns * (LinearMaps.LogDiagonal(q.RowTril) - LinearMaps.LogDiagonal(p.RowTril)))
                + (rows * (LinearMaps.LogDiagonal(q.ColTril) - LinearMaps.LogDiagonal(p.ColTril)));
        });
    }

    // ratio is L_q⁻¹·L_p.
    private static Tensor BetweenWisharts(Tensor df, Tensor factor, Tensor otherDf, Tensor otherFactor, Tensor ratio)
    {
        int n = factor.Shape[-1];
        Tensor volume = LinearMaps.LogDiagonal(otherFactor) - LinearMaps.LogDiagonal(factor);
        return (otherDf * volume) + (0.5 * df * (ratio.Square().Sum([-2, -1]) - n)) + (0.5 * otherDf).LogMultivariateGamma(n)
            - (0.5 * df).LogMultivariateGamma(n) + (0.5 * (df - otherDf) * Bartlett.Digammas(df, n));
    }

    // ½·(|L_q⁻¹L_p|² + |L_q⁻¹(μ_p − μ_q)|² − n) + Σ ln L_q − Σ ln L_p.
    private static Tensor BetweenNormals(Tensor loc, Tensor factor, Tensor otherLoc, Tensor otherFactor)
    {
        Tensor spread = otherFactor.SolveTriangular(factor).Square().Sum([-2, -1]);
        Tensor shift = LinearMaps.Whiten(otherFactor, loc - otherLoc).Square().Sum(-1);
        return (0.5 * (spread + shift - loc.Shape[-1])) + LinearMaps.LogDiagonal(otherFactor) - LinearMaps.LogDiagonal(factor);
    }

    private static Tensor Factor(LowRankMultivariateNormal normal) => LinearMaps.Factor(normal.Covariance);

    private static Tensor Factor(Independent<Normal> normal) => normal.Axes == 1
        ? normal.Coordinates.Scale.BroadcastTo(normal.Coordinates.BatchShape).DiagEmbed()
        : throw new ShapeException($"Kl: {normal} has events of {normal.Axes} axes, but a MultivariateNormal has vectors.");
}
