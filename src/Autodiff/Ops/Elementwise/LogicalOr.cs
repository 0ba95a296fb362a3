namespace ProbNet.Autodiff;

/// <summary>y = a or b, for Bool. No gradient.</summary>
internal sealed class LogicalOr : LogicalOp<LogicalOr.Kernel>
{
    public static readonly LogicalOr Instance = new();

    public readonly struct Kernel : ILogicalKernel
    {
        static int ILogicalKernel.Operands => 2;

        static KernelOp ILogicalKernel.Instruction => KernelOp.Or;

        static ulong ILogicalKernel.Apply(ulong a, ulong b) => a | b;
    }
}
