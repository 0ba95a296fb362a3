using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The first coordinates pass; the others go through a map of numbers whose parameters are a function of the first: y = [x₁, t(x₂; f(x₁))] (Dinh, Sohl-Dickstein and
/// Bengio 2017). With affine maps it is a RealNVP coupling, with splines a neural spline coupling. Inverse and log-determinant cost as much as the forward pass.
/// </summary>
/// <param name="split">How many of the first coordinates pass.</param>
/// <param name="conditioner">From the first coordinates, [..., split], to a map of numbers of batch shape [..., rest].</param>
public sealed class CouplingTransform(int split, Func<Tensor, Transform> conditioner) : Transform
{
    /// <inheritdoc/>
    public override int EventRank => 1;

    /// <inheritdoc/>
    public override Support Domain => Support.Real;

    /// <inheritdoc/>
    public override Support Codomain => Support.Real;

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x) => Pass(x, static (map, x) => map.ForwardAndLogDet(x));

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => InverseAndLogDet(y).Value;

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) InverseAndLogDet(Tensor y) => Pass(y, static (map, y) => map.InverseAndLogDet(y));

    private (Tensor Value, Tensor LogDet) Pass(Tensor x, Func<Transform, Tensor, (Tensor Value, Tensor LogDet)> direction)
    {
        if (x.Rank == 0 || split < 0 || split > x.Shape[-1])
        {
            throw new ShapeException($"CouplingTransform: {split} of the coordinates of a vector of shape {x.Shape} cannot pass.");
        }

        Tensor first = x[TensorIndex.Ellipsis, ..split];
        (Tensor rest, Tensor logDet) = direction(conditioner(first), x[TensorIndex.Ellipsis, split..]);
        return (Tensor.Concat([first, rest], -1), logDet.Sum(-1));
    }
}
