using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// From vectors of n numbers to the simplex of n + 1: the softmax with a 0 put behind. The log-determinant, with respect to the first n coordinates, is the sum of
/// the logarithms of all of them.
/// </summary>
public sealed class SoftmaxCenteredTransform : Transform
{
    /// <inheritdoc/>
    public override int EventRank => 1;

    /// <inheritdoc/>
    public override Support Domain => Support.Real;

    /// <inheritdoc/>
    public override Support Codomain => Support.Simplex;

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x)
    {
        Tensor log = Tensor.Concat([x, Tensor.Zeros(x.Shape[..^1].Concat([1]), x.DType)], -1).LogSoftmax();
        return (log.Exp(), log.Sum(-1));
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y)
    {
        Tensor log = y.Log();
        return log[TensorIndex.Ellipsis, ..^1] - log[TensorIndex.Ellipsis, ^1..];
    }

    /// <inheritdoc/>
    public override Shape ForwardShape(Shape shape) => LastAxis.Longer(ToString(), shape, 1);

    /// <inheritdoc/>
    public override Shape InverseShape(Shape shape) => LastAxis.Longer(ToString(), shape, -1);
}
