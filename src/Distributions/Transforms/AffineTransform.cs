using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>y = loc + scale·x, element by element.</summary>
public sealed class AffineTransform : Transform
{
    /// <summary>Creates the map.</summary>
    /// <param name="loc">The shift.</param>
    /// <param name="scale">The factor: finite and not 0, with one sign throughout.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale is 0 or not finite, or changes its sign.</exception>
    public AffineTransform(Tensor loc, Tensor scale)
    {
        ParameterChecks.Align(nameof(AffineTransform), ref loc, ref scale);
        IsIncreasing = scale.IsSymbolic || scale.Size == 0 || !(scale.Cast(DType.Float64).Data<double>()[0] < 0);
        ParameterChecks.Positive(
            nameof(AffineTransform), IsIncreasing ? "scale (of one sign)" : "the negative of scale (of one sign)", IsIncreasing ? scale : -Gradient.Stop(scale));
        Loc = loc;
        Scale = scale;
        BatchShape = Shape.Broadcast(loc.Shape, scale.Shape, nameof(AffineTransform));
    }

    /// <summary>The shift.</summary>
    public Tensor Loc { get; }

    /// <summary>The factor.</summary>
    public Tensor Scale { get; }

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override bool IsIncreasing { get; }

    /// <inheritdoc/>
    public override Support Domain => Support.Real;

    /// <inheritdoc/>
    public override Support Codomain => Support.Real;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("loc", Loc), ("scale", Scale)];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Loc + (Scale * x);

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x) => (Forward(x), LogSize + (0 * x));

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => (y - Loc) / Scale;

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) InverseAndLogDet(Tensor y) => (Inverse(y), -LogSize + (0 * y));

    private Tensor LogSize => Scale.Abs().Log();
}
