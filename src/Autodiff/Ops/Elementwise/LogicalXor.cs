namespace ProbNet.Autodiff;

/// <summary>y = either a or b, not both, for Bool. No gradient.</summary>
internal sealed class LogicalXor : LogicalOp<LogicalXor.Kernel>
{
    public static readonly LogicalXor Instance = new();

    public readonly struct Kernel : IElementKernel<bool, bool>
    {
        public bool Apply(bool a, bool b) => a ^ b;
    }
}
