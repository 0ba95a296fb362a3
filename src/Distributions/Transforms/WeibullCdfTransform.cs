using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// y = 1 − exp(−(x/scale)ᵏ), element by element: from the positive numbers to (0, 1). ln |dy/dx| = ln k − ln scale + (k − 1)·ln(x/scale) − (x/scale)ᵏ.
/// </summary>
public sealed class WeibullCdfTransform : Transform
{
    /// <summary>Creates the map.</summary>
    /// <param name="scale">The scale of the Weibull distribution; above 0.</param>
    /// <param name="concentration">k, its concentration; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is not above 0.</exception>
    public WeibullCdfTransform(Tensor scale, Tensor concentration)
    {
        ParameterChecks.Align(nameof(WeibullCdfTransform), ref scale, ref concentration);
        Scale = ParameterChecks.Positive(nameof(WeibullCdfTransform), nameof(scale), scale);
        Concentration = ParameterChecks.Positive(nameof(WeibullCdfTransform), nameof(concentration), concentration);
        BatchShape = Shape.Broadcast(scale.Shape, concentration.Shape, nameof(WeibullCdfTransform));
    }

    /// <summary>The scale of the Weibull distribution.</summary>
    public Tensor Scale { get; }

    /// <summary>k, its concentration.</summary>
    public Tensor Concentration { get; }

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override Support Domain => Support.Positive;

    /// <inheritdoc/>
    public override Support Codomain => Support.UnitInterval;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("scale", Scale), ("concentration", Concentration)];

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x)
    {
        Tensor log = x.Log() - Scale.Log(), power = (Concentration * log).Exp();
        return (-(-power).Expm1(), Concentration.Log() - Scale.Log() + ((Concentration - 1) * log) - power);
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => Scale * (-(-y).Log1p()).Pow(1 / Concentration);
}
