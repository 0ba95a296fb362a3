using System.Numerics;
using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>[y, ln dy/dx] of rational-quadratic splines, along a new last axis.</summary>
internal sealed class SplineForward(SplineShape shape) : SplineOp(shape), IJointVjp
{
    public override TensorType Infer(Tensor[] inputs) => new(inputs[0].Shape.Concat([2]), RequireFloating(inputs[0]));

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => Vjp([index == 0, index == 1], inputs, output, dy)[index];

    public Tensor?[] Vjp(bool[] needed, Tensor[] inputs, Tensor output, Tensor dy)
    {
        Tensor both = new SplineBackward(Settings).Apply(inputs[0], inputs[1], dy);
        return [needed[0] ? both[TensorIndex.Ellipsis, Settings.RawSize] : null, needed[1] ? both[TensorIndex.Ellipsis, ..Settings.RawSize] : null];
    }

    protected override void Run<T>(SplineTile<T> tile, ReadOnlySpan<T> x, ReadOnlySpan<T> raw, ReadOnlySpan<T> extra, Span<T> result) => tile.Forward(x, raw, result);
}
