namespace ProbNet.Autodiff;

/// <summary>y = max x over axes; NaN if one is among them. The gradient goes to the largest element, in equal parts where several tie.</summary>
internal sealed unsafe class Max(int[] axes, bool keepDims) : ExtremumOp(axes, keepDims)
{
    public override ReductionForm? Form(DType type, int count) => new(Reduction.Max);

    protected override void Reduce<T>(T* x, void* y, Extent extent) =>
        ReductionLoop.Reduce<MaxReduction, T>(x, (T*)y, extent.Outer, extent.Length, extent.Inner, extent.Shared);

    protected override void ReduceIntegers<T>(T* x, void* y, Extent extent) => Fold<T, Step<T>>(x, (T*)y, extent);

    private readonly struct Step<T> : IFoldStep<T> where T : unmanaged, System.Numerics.IBinaryInteger<T>, System.Numerics.IMinMaxValue<T>
    {
        public static T Identity => T.MinValue;

        public static T Next(T total, T value) => T.Max(total, value);
    }
}
