using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>
/// y_i = Π_{j≤i} x_j along an axis; over j ≥ i if reversed. dx_i = y_{i−1} r_i, where r_i = dy_i + x_{i+1} r_{i+1}: nothing is divided,
/// so the gradient is exact with any number of zeros, at any order.
/// </summary>
internal sealed unsafe class CumProd(int axis, bool reverse) : ScanOp(axis, reverse)
{
    public override TensorType Infer(Tensor[] inputs) =>
        new(inputs[0].Shape, inputs[0].DType.IsInteger() ? inputs[0].DType : RequireFloating(inputs[0]));

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy)
    {
        int forward = Reverse ? -1 : 1;
        Tensor later = new LinearRecurrence(Axis, !Reverse).Apply(Shifted.Along(inputs[0], Axis, -forward, 0), dy);
        return Shifted.Along(output, Axis, forward, 1) * later;
    }

    protected override Reduction Kind => Reduction.Product;

    protected override void Scan<T>(T* x, T* y, Extent extent) => Run<T, Step<T>>(x, y, extent);

    protected override void ScanIntegers<T>(T* x, T* y, Extent extent) => Run<T, Step<T>>(x, y, extent);

    private struct Step<T> : IScanStep<T> where T : INumberBase<T>
    {
        private T _product;
        private bool _started;

        public T Next(T value)
        {
            _product = _started ? _product * value : value;
            _started = true;
            return _product;
        }
    }
}
