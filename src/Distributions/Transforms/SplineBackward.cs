using System.Numerics;
using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The gradients of the raw parameters of rational-quadratic splines, and after them that of the argument, [..., P + 1]. Its own derivative is that of the splines written
/// in tensor operations, which is needed for second derivatives only.
/// </summary>
internal sealed class SplineBackward(SplineShape shape) : SplineOp(shape), IJointVjp
{
    public override TensorType Infer(Tensor[] inputs) => new(inputs[0].Shape.Concat([Settings.RawSize + 1]), RequireFloating(inputs[0]));

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) =>
        Vjp([index == 0, index == 1, index == 2], inputs, output, dy)[index];

    public Tensor?[] Vjp(bool[] needed, Tensor[] inputs, Tensor output, Tensor dy) => Gradient.Vjp(Compose, inputs, dy).Products;

    protected override void Run<T>(SplineTile<T> tile, ReadOnlySpan<T> x, ReadOnlySpan<T> raw, ReadOnlySpan<T> extra, Span<T> result) =>
        tile.Backward(x, raw, extra, result);

    private Tensor Compose(Tensor[] inputs)
    {
        Tensor[] products = Gradient.Vjp(Splines, [inputs[0], inputs[1]], inputs[2]).Products;
        return Tensor.Concat([products[1], products[0].Unsqueeze(-1)], -1);
    }

    private Tensor Splines(Tensor[] inputs)
    {
        (Tensor y, Tensor logDet) = RationalQuadraticSplineTransform.OfKnots(inputs[1], Settings).ForwardAndLogDet(inputs[0]);
        return Tensor.Stack([y, logDet], -1);
    }
}
