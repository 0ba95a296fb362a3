using System.Text.Json.Nodes;
using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>
/// The continuous limit of DDPM (Ho et al. 2020; Song et al. 2021): dx = −½β(t)·x dt + √β(t) dw with β growing linearly over t in [0, 1]. With
/// B(t) = ∫β = β₀·t + ½(β₁ − β₀)·t²: s² = e⁻ᴮ and σ² = eᴮ − 1, so that data of variance 1 keep it.
/// </summary>
public sealed class VariancePreserving : DiffusionProcess
{
    private readonly double _betaMin, _betaMax;

    /// <summary>Creates the process.</summary>
    /// <param name="betaMin">β₀; above 0.</param>
    /// <param name="betaMax">β₁; above β₀.</param>
    /// <param name="earliest">The time at which the noise is negligible, in (0, 1): σ there is about √(β₀·t).</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is not in its range.</exception>
    public VariancePreserving(double betaMin = 0.1, double betaMax = 20, double earliest = 1e-4)
        : base(Require(nameof(VariancePreserving), nameof(earliest), earliest, 0, 1), 1)
    {
        _betaMin = Require(nameof(VariancePreserving), nameof(betaMin), betaMin, 0);
        _betaMax = Require(nameof(VariancePreserving), nameof(betaMax), betaMax, betaMin);
    }

    /// <inheritdoc/>
    public override Tensor LogScale(Tensor time) => -0.5 * Integral(time);

    /// <inheritdoc/>
    public override Tensor LogSigma(Tensor time)
    {
        // ln(eᴮ − 1) = B + ln(1 − e⁻ᴮ).
        Tensor integral = Integral(time);
        return 0.5 * (integral + (-integral).Log1mExp());
    }

    /// <summary>The root of B(t) = ln(1 + σ²), in the form without cancellation.</summary>
    /// <inheritdoc/>
    public override Tensor TimeOf(Tensor logSigma)
    {
        Tensor integral = (2 * logSigma).Softplus();
        return 2 * integral / (_betaMin + ((_betaMin * _betaMin) + (2 * (_betaMax - _betaMin) * integral)).Sqrt());
    }

    /// <inheritdoc/>
    public override LayerDescription Describe() =>
        new(nameof(VariancePreserving), new JsonObject { ["beta_min"] = _betaMin, ["beta_max"] = _betaMax, ["earliest"] = Earliest });

    private Tensor Integral(Tensor time) => (_betaMin * time) + (0.5 * (_betaMax - _betaMin) * time.Square());
}
