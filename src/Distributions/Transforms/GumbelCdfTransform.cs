using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>y = exp(−e⁻ᶻ) with z = (x − loc)/scale, element by element: from the line to (0, 1). ln |dy/dx| = −z − e⁻ᶻ − ln scale.</summary>
public sealed class GumbelCdfTransform : Transform
{
    /// <summary>Creates the map.</summary>
    /// <param name="loc">The loc of the Gumbel distribution.</param>
    /// <param name="scale">Its scale; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not above 0.</exception>
    public GumbelCdfTransform(Tensor loc, Tensor scale)
    {
        ParameterChecks.Align(nameof(GumbelCdfTransform), ref loc, ref scale);
        Loc = loc;
        Scale = ParameterChecks.Positive(nameof(GumbelCdfTransform), nameof(scale), scale);
        BatchShape = Shape.Broadcast(loc.Shape, scale.Shape, nameof(GumbelCdfTransform));
    }

    /// <summary>The loc of the Gumbel distribution.</summary>
    public Tensor Loc { get; }

    /// <summary>Its scale.</summary>
    public Tensor Scale { get; }

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override Support Domain => Support.Real;

    /// <inheritdoc/>
    public override Support Codomain => Support.UnitInterval;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("loc", Loc), ("scale", Scale)];

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x)
    {
        Tensor z = (x - Loc) / Scale, e = (-z).Exp();
        return ((-e).Exp(), -z - e - Scale.Log());
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => Loc - (Scale * (-y.Log()).Log());
}
