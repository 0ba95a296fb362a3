namespace ProbNet.Autodiff;

/// <summary>y = Σ x over axes, in a fixed pairwise tree; 0 over no elements. ∂y/∂x = 1.</summary>
internal sealed class Sum(int[] axes, bool keepDims) : ReduceOp(axes, keepDims)
{
    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => Expanded(dy, inputs[0]).BroadcastTo(inputs[0].Shape);

    protected override T[] Reduce<T>(T[] x, int outer, int length, int inner)
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
}
