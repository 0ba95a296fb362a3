using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>y = loc + scale·x, element by element.</summary>
public sealed class AffineTransform : Transform
{
    private readonly Tensor? _logScale;

    /// <summary>Creates the map.</summary>
    /// <param name="loc">The shift.</param>
    /// <param name="scale">The factor: finite and not 0, with one sign throughout.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale is 0 or not finite, or changes its sign.</exception>
    public AffineTransform(Tensor loc, Tensor scale)
    {
        Tensor.Align(nameof(AffineTransform), ref loc, ref scale);
        IsIncreasing = scale.IsSymbolic || scale.Size == 0 || !(scale.Cast(DType.Float64).Data<double>()[0] < 0);
        ParameterChecks.Positive(
            nameof(AffineTransform), IsIncreasing ? "scale (of one sign)" : "the negative of scale (of one sign)",
            IsIncreasing ? scale.Cast(Floating(scale)) : -Gradient.Stop(scale.Cast(Floating(scale))));
        Loc = loc;
        Scale = scale;
        BatchShape = Shape.Broadcast(loc.Shape, scale.Shape, nameof(AffineTransform));
    }

    private AffineTransform(Tensor loc, Tensor scale, Tensor logScale)
    {
        (Loc, Scale, _logScale, IsIncreasing) = (loc, scale, logScale, true);
        BatchShape = Shape.Broadcast(loc.Shape, scale.Shape, nameof(AffineTransform));
    }

    /// <summary>The map with the factor e^logScale: what a network predicts. The log-determinant is exact, however large or small the factor.</summary>
    /// <param name="loc">The shift.</param>
    /// <param name="logScale">The logarithm of the factor.</param>
    public static AffineTransform FromLogScale(Tensor loc, Tensor logScale)
    {
        Tensor.Align(nameof(AffineTransform), ref loc, ref logScale);
        return new(loc, logScale.Exp(), logScale);
    }

    /// <summary>The shift.</summary>
    public Tensor Loc { get; }

    /// <summary>The factor.</summary>
    public Tensor Scale { get; }

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override bool IsIncreasing { get; }

    internal override Tensor? Trend => Scale.IsSymbolic && _logScale is null ? Gradient.Stop(Scale) : null;

    /// <inheritdoc/>
    public override Support Domain => Support.Real;

    /// <inheritdoc/>
    public override Support Codomain => Support.Real;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("loc", Loc), ("scale", Scale)];

    /// <inheritdoc/>
    public override Tensor Forward(Tensor x) => Loc + (Scale * x);

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x) => (Forward(x), Constant(LogSize(x.DType), x));

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => (y - Loc) / Scale;

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) InverseAndLogDet(Tensor y) => (Inverse(y), Constant(-LogSize(y.DType), y));

    private Tensor LogSize(DType dtype) => ParameterChecks.Literal(_logScale ?? ParameterChecks.Literal(Scale, dtype).Abs().Log(), dtype);

    private static DType Floating(Tensor scale) => scale.IsLiteral ? DType.Float64 : scale.DType;
}
