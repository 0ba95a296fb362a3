using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>[y, ln dy/dx] of rational-quadratic splines, along a new last axis.</summary>
internal sealed class SplineForward(SplineShape shape) : SplinePairOp(shape)
{
    public override Tensor?[] Vjp(bool[] needed, Tensor[] inputs, Tensor output, Tensor dy) =>
        Parts(needed, new SplineBackward(Settings, ofInverse: false).Apply(inputs[0], inputs[1], dy));

    protected override unsafe void Run<V, T>(in SplineLanes<V, T> splines, T* x, T* extra, T* result, int count) => splines.Forward(x, result, count);
}
