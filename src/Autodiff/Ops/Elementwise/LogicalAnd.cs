namespace ProbNet.Autodiff;

/// <summary>y = a and b, for Bool. No gradient.</summary>
internal sealed class LogicalAnd : LogicalOp<LogicalAnd.Kernel>
{
    public static readonly LogicalAnd Instance = new();

    public readonly struct Kernel : ILogicalKernel
    {
        static int ILogicalKernel.Operands => 2;

        static KernelOp ILogicalKernel.Instruction => KernelOp.And;

        static ulong ILogicalKernel.Apply(ulong a, ulong b) => a & b;
    }
}
