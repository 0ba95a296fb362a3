using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>Gaussian processes at given points: Normal distributions whose covariance is a kernel of the points (Rasmussen and Williams 2006).</summary>
public static class GaussianProcess
{
    // Added to the variance of the noise: without it the covariance of points close to each other is singular to rounding.
    private const double Jitter = 1e-10;

    /// <summary>The squared exponential kernel amplitude²·exp(−|s − t|²/(2·lengthScale²)) between all pairs of points, [n, m].</summary>
    /// <param name="left">Points s, [n] or [n, d].</param>
    /// <param name="right">Points t, [m] or [m, d].</param>
    /// <param name="amplitude">The standard deviation of the process, a scalar.</param>
    /// <param name="lengthScale">The distance over which it changes, a scalar or [d].</param>
    public static Tensor RadialBasis(Tensor left, Tensor right, Tensor amplitude, Tensor lengthScale)
    {
        Tensor s = Columns(left), t = Columns(right);
        Tensor scaled = (s.Unsqueeze(-2) - t.Unsqueeze(-3)) / lengthScale;
        return amplitude.Square() * (-0.5 * scaled.Square().Sum(-1)).Exp();
    }

    /// <summary>What is observed of a process with mean 0: N(0, K + (noise² + 1e-10)·I).</summary>
    /// <param name="kernel">K, the kernel between the points, [n, n].</param>
    /// <param name="noise">The standard deviation of an observation's error, a scalar or [n].</param>
    public static MultivariateNormal Marginal(Tensor kernel, Tensor noise)
    {
        LinearMaps.RequireSquare(nameof(GaussianProcess), nameof(kernel), kernel);
        Tensor variance = (noise.Square() + Jitter).BroadcastTo(kernel.Shape[^1..]);
        return MultivariateNormal.FromCovariance(Tensor.Zeros(kernel.Shape[^1..], kernel.DType), kernel + variance.DiagEmbed());
    }

    /// <summary>The process at new points, given observations: mean K₂₁·(K₁₁ + noise²)⁻¹·y, covariance K₂₂ − K₂₁·(K₁₁ + noise²)⁻¹·K₁₂.</summary>
    /// <param name="kernel">K₁₁ between the points that were observed, [n, n].</param>
    /// <param name="cross">K₂₁ between new and observed points, [m, n].</param>
    /// <param name="prior">K₂₂ between the new points, [m, m].</param>
    /// <param name="noise">The standard deviation of an observation's error, a scalar or [n].</param>
    /// <param name="observed">y, [n].</param>
    public static MultivariateNormal Posterior(Tensor kernel, Tensor cross, Tensor prior, Tensor noise, Tensor observed)
    {
        Tensor factor = Marginal(kernel, noise).ScaleTril;
        Tensor weights = factor.SolveTriangular(cross.Transpose());
        Tensor mean = LinearMaps.Times(weights.Transpose(), LinearMaps.Whiten(factor, observed));
        Tensor covariance = prior - weights.Transpose().MatMul(weights);
        return MultivariateNormal.FromCovariance(mean, covariance + (Jitter * Tensor.Eye(prior.Shape[-1], prior.DType)));
    }

    private static Tensor Columns(Tensor points) => points.Rank == 1 ? points.Unsqueeze(-1) : points;
}
