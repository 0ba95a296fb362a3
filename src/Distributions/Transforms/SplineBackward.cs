using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The gradients of the raw parameters of rational-quadratic splines, and after them that of the argument, [..., P + 1], from x, the raw parameters and the gradients of
/// the two results. Its own derivative is that of the splines written in tensor operations, which is needed for second derivatives only.
/// </summary>
/// <remarks>
/// Of the inverse, where gₓ and g are the gradients of x and of −ln t′, the argument has G = (gₓ − g·∂ln t′/∂x)/t′, and the parameters −(G·∂t/∂raw + g·∂ln t′/∂raw).
/// </remarks>
internal sealed class SplineBackward(SplineShape shape, bool ofInverse) : SplineOp(shape), IJointVjp
{
    public override TensorType Infer(Tensor[] inputs) => new(inputs[0].Shape.Concat([Settings.RawSize + 1]), RequireFloating(inputs[0]));

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) =>
        Vjp([index == 0, index == 1, index == 2], inputs, output, dy)[index];

    public Tensor?[] Vjp(bool[] needed, Tensor[] inputs, Tensor output, Tensor dy) => Gradient.Vjp(ofInverse ? ComposeInverse : Compose, inputs, dy).Products;

    protected override unsafe void Run<V, T>(in SplineLanes<V, T> splines, T* x, T* extra, T* result, int count) => splines.Backward(x, extra, ofInverse, result, count);

    private Tensor Compose(Tensor[] inputs)
    {
        Tensor[] products = Gradient.Vjp(Splines, [inputs[0], inputs[1]], inputs[2]).Products;
        return Tensor.Concat([products[1], products[0].Unsqueeze(-1)], -1);
    }

    private Tensor ComposeInverse(Tensor[] inputs)
    {
        (Tensor x, Tensor raw, Tensor own) = (inputs[0], inputs[1], inputs[2][TensorIndex.Ellipsis, 1]);
        Tensor logSlope = Gradient.Vjp(a => Splines([a[0], raw])[TensorIndex.Ellipsis, 1], [x], Tensor.OnesLike(x)).Products[0];
        Tensor slope = Splines([x, raw])[TensorIndex.Ellipsis, 1].Exp(), gradient = (inputs[2][TensorIndex.Ellipsis, 0] - (own * logSlope)) / slope;
        Tensor parameters = Gradient.Vjp(Splines, [x, raw], Tensor.Stack([gradient, own], -1)).Products[1];
        return Tensor.Concat([-parameters, gradient.Unsqueeze(-1)], -1);
    }

    private Tensor Splines(Tensor[] inputs)
    {
        (Tensor y, Tensor logDet) = RationalQuadraticSplineTransform.OfKnots(inputs[1], Settings).ForwardAndLogDet(inputs[0]);
        return Tensor.Stack([y, logDet], -1);
    }
}
