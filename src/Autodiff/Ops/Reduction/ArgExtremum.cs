using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>
/// The position of the largest or smallest element along an axis, as Int64: the first where several tie; the first NaN if there is one.
/// Not differentiable. Refuses an empty axis.
/// </summary>
internal sealed unsafe class ArgExtremum(int axis, bool largest, bool keepDims) : ReduceOp([axis], keepDims)
{
    public override string Name => largest ? "ArgMax" : "ArgMin";

    public override bool IsDifferentiable => false;

    public override TensorType Infer(Tensor[] inputs) => inputs[0].Shape[axis] > 0
        ? base.Infer(inputs)
        : throw new ShapeException($"{Name}: axis {axis} of shape {inputs[0].Shape} has no elements, so there is no position to return.");

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => null;

    protected override DType ResultType(Tensor x)
    {
        if (!x.DType.IsInteger())
        {
            RequireFloating(x);
        }

        return DType.Int64;
    }

    public override ReductionForm? Form(DType type, int count) => new(largest ? Reduction.ArgMax : Reduction.ArgMin);

    protected override void Reduce<T>(T* x, void* y, Extent extent) => Find(x, (long*)y, extent);

    protected override void ReduceIntegers<T>(T* x, void* y, Extent extent) => Find(x, (long*)y, extent);

    private void Find<T>(T* x, long* y, Extent extent) where T : unmanaged, INumber<T>
    {
        (int outer, int length, int inner, bool _) = extent;
        for (int o = 0; o < outer; o++, x += (nint)length * inner)
        {
            for (int i = 0; i < inner; i++)
            {
                int best = 0;
                T value = x[i];
                for (int r = 1; r < length && !T.IsNaN(value); r++)
                {
                    T candidate = x[((nint)r * inner) + i];
                    if (T.IsNaN(candidate) || (largest ? candidate > value : candidate < value))
                    {
                        (value, best) = (candidate, r);
                    }
                }

                *y++ = best;
            }
        }
    }
}
