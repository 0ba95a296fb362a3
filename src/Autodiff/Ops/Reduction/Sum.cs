namespace ProbNet.Autodiff;

/// <summary>y = Σ x over axes, in a fixed pairwise tree; 0 over no elements. Integers add up in their own type. ∂y/∂x = 1.</summary>
internal sealed class Sum(int[] axes, bool keepDims) : ReduceOp(axes, keepDims)
{
    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => Expanded(dy, inputs[0]).BroadcastTo(inputs[0].Shape);

    protected override DType ResultType(Tensor x) => x.DType.IsInteger() ? x.DType : RequireFloating(x);

    protected override Array Reduce<T>(T[] x, int outer, int length, int inner) => Totals(x, outer, length, inner);

    /// <summary>The sums over the middle axis.</summary>
    public static T[] Totals<T>(T[] x, int outer, int length, int inner) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        T[] y = GC.AllocateUninitializedArray<T>(outer * inner);
        if (inner == 1)
        {
            ReductionLoop.SumRows<T>(x, y, outer, length);
        }
        else
        {
            ReductionLoop.SumMiddle<T>(x, y, outer, length, inner);
        }

        return y;
    }

    protected override Array ReduceIntegers<T>(T[] x, int outer, int length, int inner)
    {
        var y = new T[outer * inner];
        for (int o = 0; o < outer; o++)
        {
            Span<T> sums = y.AsSpan(o * inner, inner);
            for (int r = 0; r < length; r++)
            {
                ReadOnlySpan<T> row = x.AsSpan(((o * length) + r) * inner, inner);
                for (int i = 0; i < sums.Length; i++)
                {
                    sums[i] += row[i];
                }
            }
        }

        return y;
    }
}
