using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The first coordinates pass (or the last ones); the others go through a map of numbers whose parameters are a function of those: y = [x₁, t(x₂; f(x₁))] (Dinh,
/// Sohl-Dickstein and Bengio 2017). With affine maps it is a RealNVP coupling, with splines a neural spline coupling. Inverse and log-determinant cost as much as the
/// forward pass.
/// </summary>
/// <param name="split">Where the coordinates are split: how many are the first.</param>
/// <param name="conditioner">From the coordinates that pass, [..., passing], to a map of numbers of batch shape [..., rest].</param>
/// <param name="passLast">Whether the last coordinates pass and the first are moved.</param>
public sealed class CouplingTransform(int split, Func<Tensor, Transform> conditioner, bool passLast = false) : Transform
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

        Tensor first = x[TensorIndex.Ellipsis, ..split], last = x[TensorIndex.Ellipsis, split..];
        (Tensor moved, Tensor logDet) = direction(conditioner(passLast ? last : first), passLast ? first : last);
        return (Tensor.Concat(passLast ? [moved, last] : [first, moved], -1), logDet.Sum(-1));
    }
}
