using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>y_i = Σ_{j≤i} x_j along an axis; over j ≥ i if reversed. The gradient is the sum of dy in the other direction.</summary>
internal sealed unsafe class CumSum(int axis, bool reverse) : ScanOp(axis, reverse)
{
    public override TensorType Infer(Tensor[] inputs) =>
        new(inputs[0].Shape, inputs[0].DType.IsInteger() ? inputs[0].DType : RequireFloating(inputs[0]));

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => new CumSum(Axis, !Reverse).Apply(dy);

    protected override Reduction Kind => Reduction.Sum;

    protected override void Scan<T>(T* x, T* y, Extent extent) => Run<T, Step<T>>(x, y, extent);

    protected override void ScanIntegers<T>(T* x, T* y, Extent extent) => Run<T, Step<T>>(x, y, extent);

    private struct Step<T> : IScanStep<T> where T : INumberBase<T>
    {
        private T _total;

        public T Next(T value) => _total += value;
    }
}
