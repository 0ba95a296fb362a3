namespace ProbNet.Autodiff;

/// <summary>y = not x, for Bool. No gradient.</summary>
internal sealed class LogicalNot : ElementwiseOp
{
    public static readonly LogicalNot Instance = new();

    public override bool IsDifferentiable => false;

    public override TensorType Infer(Tensor[] inputs) => inputs[0].DType == DType.Bool
        ? new(inputs[0].Shape, DType.Bool)
        : throw new DTypeException(
            $"{Name}: the operand is {inputs[0].DType} {inputs[0].Shape}; Bool is needed: compare it first, or use Cast(DType.Bool).");

    public override BlockKernel Block(ReadOnlySpan<DType> inputs) => LogicalBlock<Kernel>.Instance;

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => null;

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(inputs);

    private readonly struct Kernel : ILogicalKernel
    {
        static int ILogicalKernel.Operands => 1;

        static KernelOp ILogicalKernel.Instruction => KernelOp.Not;

        static ulong ILogicalKernel.Apply(ulong a, ulong b) => a ^ LogicalBlock<Kernel>.Ones;
    }
}
