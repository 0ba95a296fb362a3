using System.Text.Json.Nodes;
using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>The process of EDM (Karras et al. 2022), whose time is the noise: s = 1, σ(t) = t, from σ_max to σ_min in steps equally spaced in σ^(1/ρ).</summary>
public sealed class ElucidatedProcess : DiffusionProcess
{
    private readonly double _rho;

    /// <summary>Creates the process.</summary>
    /// <param name="sigmaMin">The least noise, in units of the data; above 0.</param>
    /// <param name="sigmaMax">The most noise, which must hide the data; above the least.</param>
    /// <param name="rho">How much shorter the steps at little noise are: the larger the shorter; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is not in its range.</exception>
    public ElucidatedProcess(double sigmaMin = 0.002, double sigmaMax = 80, double rho = 7)
        : base(
            Require(nameof(ElucidatedProcess), nameof(sigmaMin), sigmaMin, 0),
            Require(nameof(ElucidatedProcess), nameof(sigmaMax), sigmaMax, sigmaMin)) =>
        _rho = rho >= 1 ? rho : throw new ArgumentOutOfRangeException(nameof(rho), rho, FormattableString.Invariant($"ElucidatedProcess: rho is {rho}; it must be at least 1."));

    /// <inheritdoc/>
    public override Tensor LogScale(Tensor time) => Tensor.ZerosLike(time);

    /// <inheritdoc/>
    public override Tensor LogSigma(Tensor time) => time.Log();

    /// <inheritdoc/>
    public override Tensor TimeOf(Tensor logSigma) => logSigma.Exp();

    /// <inheritdoc/>
    public override IReadOnlyList<double> Times(int steps) => PowerLevels(steps, _rho);

    /// <inheritdoc/>
    public override LayerDescription Describe() =>
        new(nameof(ElucidatedProcess), new JsonObject { ["sigma_min"] = Earliest, ["sigma_max"] = Latest, ["rho"] = _rho });
}
