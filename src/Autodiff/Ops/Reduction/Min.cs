namespace ProbNet.Autodiff;

/// <summary>y = min x over axes; NaN if one is among them. The gradient goes to the smallest element, in equal parts where several tie.</summary>
internal sealed class Min(int[] axes, bool keepDims) : ExtremumOp(axes, keepDims)
{
    protected override Array Reduce<T>(T[] x, int outer, int length, int inner)
    {
        T[] y = GC.AllocateUninitializedArray<T>(outer * inner);
        if (inner == 1)
        {
            ReductionLoop.MinRows<T>(x, y, outer, length);
        }
        else
        {
            ReductionLoop.MinMiddle<T>(x, y, outer, length, inner);
        }

        return y;
    }

    protected override Array ReduceIntegers<T>(T[] x, int outer, int length, int inner) => Fold(x, outer, length, inner, T.Min);
}
