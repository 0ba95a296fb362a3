using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The reflection y = x − 2·v·(v·x)/|v|², which is its own inverse and keeps volumes. Several after one another make any orthogonal map.</summary>
public sealed class HouseholderTransform : Transform
{
    /// <summary>Creates the map.</summary>
    /// <param name="normal">v, [..., n], of any length but 0.</param>
    /// <exception cref="ShapeException">v is a scalar.</exception>
    public HouseholderTransform(Tensor normal) => Normal = LinearMaps.RequireVector(nameof(HouseholderTransform), nameof(normal), normal);

    /// <summary>v, [..., n].</summary>
    public Tensor Normal { get; }

    /// <inheritdoc/>
    public override int EventRank => 1;

    /// <inheritdoc/>
    public override Shape BatchShape => Normal.Shape[..^1];

    /// <inheritdoc/>
    public override Support Domain => Support.Real;

    /// <inheritdoc/>
    public override Support Codomain => Support.Real;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("normal", Normal)];

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x)
    {
        Tensor unit = Normal / Normal.Norm(2, -1, keepDims: true);
        return (x - (2 * unit * (unit * x).Sum(-1, keepDims: true)), Constant(Tensor.Zeros(BatchShape, x.DType), x, 1));
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => Forward(y);

    /// <inheritdoc/>
    public override Transform Inverted() => this;
}
