using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>[x, ln dx/dy] for the y = t(x) of rational-quadratic splines, along a new last axis.</summary>
internal sealed class SplineInverse(SplineShape shape) : SplinePairOp(shape)
{
    // In terms of the output, which moves with the arguments itself, so that second derivatives are complete.
    public override Tensor?[] Vjp(bool[] needed, Tensor[] inputs, Tensor output, Tensor dy) =>
        Parts(needed, new SplineBackward(Settings, ofInverse: true).Apply(output[TensorIndex.Ellipsis, 0], inputs[1], dy));

    protected override unsafe void Run<V, T>(in SplineLanes<V, T> splines, T* x, T* extra, T* result, int count) => splines.Inverse(x, result, count);
}
