using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The value of rational-quadratic splines in one direction and the logarithm of its slope, along a new last axis.</summary>
internal abstract class SplinePairOp(SplineShape shape) : SplineOp(shape), IJointVjp
{
    public override TensorType Infer(Tensor[] inputs) => new(inputs[0].Shape.Concat([2]), RequireFloating(inputs[0]));

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => Vjp([index == 0, index == 1], inputs, output, dy)[index];

    public abstract Tensor?[] Vjp(bool[] needed, Tensor[] inputs, Tensor output, Tensor dy);

    /// <summary>The gradients of the argument and of the raw parameters, of those that <see cref="SplineBackward"/> gives.</summary>
    protected Tensor?[] Parts(bool[] needed, Tensor both) =>
        [needed[0] ? both[TensorIndex.Ellipsis, Settings.RawSize] : null, needed[1] ? both[TensorIndex.Ellipsis, ..Settings.RawSize] : null];
}
