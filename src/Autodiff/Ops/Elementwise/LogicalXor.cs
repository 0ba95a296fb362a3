namespace ProbNet.Autodiff;

/// <summary>y = either a or b, not both, for Bool. No gradient.</summary>
internal sealed class LogicalXor : LogicalOp<LogicalXor.Kernel>
{
    public static readonly LogicalXor Instance = new();

    public readonly struct Kernel : ILogicalKernel
    {
        static int ILogicalKernel.Operands => 2;

        static KernelOp ILogicalKernel.Instruction => KernelOp.Xor;

        static ulong ILogicalKernel.Apply(ulong a, ulong b) => a ^ b;
    }
}
