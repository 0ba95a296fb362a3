using System.Numerics;
using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The x of each y = t(x) of rational-quadratic splines. ∂x/∂y = 1/t′(x), and ∂x/∂raw = −(∂t/∂raw)/t′(x).</summary>
internal sealed class SplineInverse(SplineShape shape) : SplineOp(shape), IJointVjp
{
    public override TensorType Infer(Tensor[] inputs) => new(inputs[0].Shape, RequireFloating(inputs[0]));

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => Vjp([index == 0, index == 1], inputs, output, dy)[index];

    // In terms of the output, which moves with the arguments itself, so that second derivatives are complete.
    public Tensor?[] Vjp(bool[] needed, Tensor[] inputs, Tensor output, Tensor dy)
    {
        Tensor slope = new SplineForward(Settings).Apply(output, inputs[1])[TensorIndex.Ellipsis, 1].Exp(), gradient = dy / slope;
        Tensor both = new SplineBackward(Settings).Apply(output, inputs[1], Tensor.Stack([gradient, Tensor.ZerosLike(gradient).AsFree()], -1));
        return [needed[0] ? gradient : null, needed[1] ? -both[TensorIndex.Ellipsis, ..Settings.RawSize] : null];
    }

    protected override void Run<T>(SplineTile<T> tile, ReadOnlySpan<T> x, ReadOnlySpan<T> raw, ReadOnlySpan<T> extra, Span<T> result) => tile.Inverse(x, raw, result);
}
