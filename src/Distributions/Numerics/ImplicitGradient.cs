using System.Numerics;
using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// Derivatives of a point x(θ) defined by F(x; θ) = p: dx = (dp − ∂F/∂θ·dθ)/f(x) (implicit reparameterization: Figurnov, Mohamed and Mnih 2018).
/// </summary>
internal static class ImplicitGradient
{
    /// <summary>
    /// The same points with derivatives attached: x + (residual)/f(x), where the residual is 0 in value and moves as p − F(x; θ) does. It is a Newton
    /// step, so applying it twice gives the second derivatives too.
    /// </summary>
    /// <param name="distribution">A distribution with a density.</param>
    /// <param name="points">The points, as constants.</param>
    /// <param name="probability">p, if derivatives with respect to it are wanted; otherwise it is held.</param>
    public static Tensor Attach(Univariate distribution, Tensor points, Tensor? probability)
    {
        if (probability is null or { Levels: 0, IsSymbolic: false } && distribution.Parameters.All(parameter => parameter.Value is { Levels: 0, IsSymbolic: false }))
        {
            return points;
        }

        Tensor step = Step(distribution, points, probability);
        if (step.Levels == 0 && !step.IsSymbolic)
        {
            return points;
        }

        Tensor once = points + step;
        return BitOperations.PopCount(step.Levels) > 1 ? once + Step(distribution, once, probability) : once;
    }

    private static Tensor Step(Univariate distribution, Tensor points, Tensor? probability)
    {
        Tensor finite = points.IsFinite();
        Tensor safe = Tensor.Where(finite, points, Gradient.Stop(distribution.Support.InteriorPoint(distribution.DType)));
        Tensor cdf = distribution.Cdf(safe);
        Tensor residual = Gradient.Stop(cdf) - cdf;
        residual = probability is null ? residual : residual + probability - Gradient.Stop(probability);
        if (residual.Levels == 0 && !residual.IsSymbolic)
        {
            return residual;
        }

        // Its own derivatives count in those of the second order only.
        Tensor density = distribution.LogDensity(safe).Exp();
        density = BitOperations.PopCount(residual.Levels) > 1 || residual.IsSymbolic ? density : Gradient.Stop(density);

        // The inverse of one below is no number of the type.
        Tensor usable = finite & (density > (distribution.DType == DType.Float32 ? 1e-36 : 1e-300)) & density.IsFinite();
        return Tensor.Where(usable, residual / Tensor.Where(usable, density, 1.0), 0.0);
    }
}
