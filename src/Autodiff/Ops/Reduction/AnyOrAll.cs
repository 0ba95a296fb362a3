namespace ProbNet.Autodiff;

/// <summary>Whether any, or all, of the elements of a boolean tensor are true: false and true over none. Not differentiable.</summary>
internal sealed unsafe class AnyOrAll(int[] axes, bool all, bool keepDims) : ReduceOp(axes, keepDims)
{
    public override string Name => all ? "All" : "Any";

    public override bool IsDifferentiable => false;

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => null;

    protected override DType ResultType(Tensor x) => DType.Bool;

    public override ReductionForm? Form(DType type, int count) => new(all ? Reduction.All : Reduction.Any);

    protected override void Reduce<T>(T* x, void* y, Extent extent) =>
        throw new DTypeException($"{Name}: {DTypeExtensions.Of<T>()} is not a type that it takes.");

    protected override void ReduceBooleans(bool* x, bool* y, Extent extent)
    {
        if (all)
        {
            Fold<bool, AllStep>(x, y, extent);
        }
        else
        {
            Fold<bool, AnyStep>(x, y, extent);
        }
    }

    private readonly struct AllStep : IFoldStep<bool>
    {
        public static bool Identity => true;

        public static bool Next(bool total, bool value) => total & value;
    }

    private readonly struct AnyStep : IFoldStep<bool>
    {
        public static bool Identity => false;

        public static bool Next(bool total, bool value) => total | value;
    }
}
