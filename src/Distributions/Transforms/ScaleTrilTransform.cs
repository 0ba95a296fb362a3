using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>y = loc + L·x with a lower triangular L: a standard Normal becomes one with covariance L·Lᵀ. The log-determinant is Σ ln |Lᵢᵢ|.</summary>
public sealed class ScaleTrilTransform : Transform
{
    /// <summary>Creates the map.</summary>
    /// <param name="loc">The shift, [..., n].</param>
    /// <param name="scaleTril">L, [..., n, n]: the upper triangle is not read, the diagonal must not be 0.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public ScaleTrilTransform(Tensor loc, Tensor scaleTril)
    {
        LinearMaps.RequireSquare(nameof(ScaleTrilTransform), nameof(scaleTril), scaleTril);
        Loc = LinearMaps.RequireVector(nameof(ScaleTrilTransform), nameof(loc), loc, scaleTril.Shape[-1]);
        ScaleTril = scaleTril.Tril();
        BatchShape = Shape.Broadcast(loc.Shape[..^1], scaleTril.Shape[..^2], nameof(ScaleTrilTransform));
    }

    /// <summary>The shift, [..., n].</summary>
    public Tensor Loc { get; }

    /// <summary>L, [..., n, n].</summary>
    public Tensor ScaleTril { get; }

    /// <inheritdoc/>
    public override int EventRank => 1;

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override Support Domain => Support.Real;

    /// <inheritdoc/>
    public override Support Codomain => Support.Real;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("loc", Loc), ("scale_tril", ScaleTril)];

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x) =>
        (Loc + LinearMaps.Times(ScaleTril, x), Constant(ScaleTril.Diagonal().Abs().Log().Sum(-1), x, 1));

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => LinearMaps.Whiten(ScaleTril, y - Loc);
}
