using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// CRPS of a mixture of Normals: Σ wᵢ·A(y − μᵢ, σᵢ²) − ½·Σᵢⱼ wᵢwⱼ·A(μᵢ − μⱼ, σᵢ² + σⱼ²) with A(μ, σ²) = E|N(μ, σ²)| = 2σφ(μ/σ) + μ(2Φ(μ/σ) − 1)
/// (Grimit et al. 2006).
/// </summary>
internal static class NormalMixtureCrps
{
    /// <param name="weights">[..., components].</param>
    /// <param name="loc">[..., components].</param>
    /// <param name="scale">[..., components].</param>
    /// <param name="value">[...].</param>
    public static Tensor Of(Tensor weights, Tensor loc, Tensor scale, Tensor value)
    {
        Tensor first = (weights * MeanAbsolute(value.Unsqueeze(-1) - loc, scale)).Sum(-1);
        Tensor spread = (scale.Unsqueeze(-1).Square() + scale.Unsqueeze(-2).Square()).Sqrt();
        Tensor pairs = weights.Unsqueeze(-1) * weights.Unsqueeze(-2) * MeanAbsolute(loc.Unsqueeze(-1) - loc.Unsqueeze(-2), spread);
        return first - (0.5 * pairs.Sum([-2, -1]));
    }

    /// <summary>E|N(loc, scale²)|.</summary>
    public static Tensor MeanAbsolute(Tensor loc, Tensor scale)
    {
        Tensor z = loc / scale;
        return (scale * (Math.Sqrt(2 / Math.PI) * (-0.5 * z.Square()).Exp())) + (loc * ((2 * z.NormalCdf()) - 1));
    }
}
