using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>
/// The position of the largest or smallest element along an axis, as Int64: the first where several tie; the first NaN if there is one.
/// Not differentiable. Refuses an empty axis.
/// </summary>
internal sealed class ArgExtremum(int axis, bool largest, bool keepDims) : ReduceOp([axis], keepDims)
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

    protected override Array Reduce<T>(T[] x, int outer, int length, int inner) => Find(x, outer, length, inner);

    protected override Array ReduceIntegers<T>(T[] x, int outer, int length, int inner) => Find(x, outer, length, inner);

    private long[] Find<T>(T[] x, int outer, int length, int inner) where T : unmanaged, INumber<T>
    {
        long[] y = new long[outer * inner];
        for (int o = 0; o < outer; o++)
        {
            for (int i = 0; i < inner; i++)
            {
                int start = (o * length * inner) + i, best = 0;
                T value = x[start];
                for (int r = 1; r < length && !T.IsNaN(value); r++)
                {
                    T candidate = x[start + (r * inner)];
                    if (T.IsNaN(candidate) || (largest ? candidate > value : candidate < value))
                    {
                        (value, best) = (candidate, r);
                    }
                }

                y[(o * inner) + i] = best;
            }
        }

        return y;
    }
}
