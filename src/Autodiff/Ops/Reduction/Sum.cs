namespace ProbNet.Autodiff;

/// <summary>y = Σ x over axes, in a fixed pairwise tree; 0 over no elements. Integers add up in their own type. ∂y/∂x = 1.</summary>
internal sealed unsafe class Sum(int[] axes, bool keepDims) : ReduceOp(axes, keepDims)
{
    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => Expanded(dy, inputs[0]).BroadcastTo(inputs[0].Shape);

    protected override DType ResultType(Tensor x) => x.DType.IsInteger() ? x.DType : RequireFloating(x);

    public override ReductionForm? Form(DType type, int count) => new(Reduction.Sum);

    protected override void Reduce<T>(T* x, void* y, Extent extent) =>
        ReductionLoop.Reduce<SumReduction, T>(x, (T*)y, extent.Outer, extent.Length, extent.Inner, extent.Shared);

    protected override void ReduceIntegers<T>(T* x, void* y, Extent extent) => Fold<T, Step<T>>(x, (T*)y, extent);

    private readonly struct Step<T> : IFoldStep<T> where T : unmanaged, System.Numerics.IBinaryInteger<T>
    {
        public static T Identity => T.Zero;

        public static T Next(T total, T value) => total + value;
    }
}
