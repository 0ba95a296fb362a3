using System.Text.Json.Nodes;
using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>
/// Noise that grows geometrically and leaves the data where they are (Song and Ermon 2019; Song et al. 2021): s = 1, σ(t) = σ_min·(σ_max/σ_min)ᵗ, t in [0, 1].
/// </summary>
public sealed class VarianceExploding : DiffusionProcess
{
    private readonly double _logMin, _logRange;

    /// <summary>Creates the process.</summary>
    /// <param name="sigmaMin">The least noise, in units of the data; above 0.</param>
    /// <param name="sigmaMax">The most noise, which must hide the data; above the least.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is not in its range.</exception>
    public VarianceExploding(double sigmaMin = 0.002, double sigmaMax = 50) : base(0, 1)
    {
        _logMin = Math.Log(Require(nameof(VarianceExploding), nameof(sigmaMin), sigmaMin, 0));
        _logRange = Math.Log(Require(nameof(VarianceExploding), nameof(sigmaMax), sigmaMax, sigmaMin)) - _logMin;
    }

    /// <inheritdoc/>
    public override Tensor LogScale(Tensor time) => Tensor.ZerosLike(time);

    /// <inheritdoc/>
    public override Tensor LogSigma(Tensor time) => _logMin + (_logRange * time);

    /// <inheritdoc/>
    public override Tensor TimeOf(Tensor logSigma) => (logSigma - _logMin) / _logRange;

    /// <inheritdoc/>
    public override LayerDescription Describe() =>
        new(nameof(VarianceExploding), new JsonObject { ["sigma_min"] = SigmaMin, ["sigma_max"] = SigmaMax });
}
