namespace ProbNet.Autodiff;

/// <summary>y = a or b, for Bool. No gradient.</summary>
internal sealed class LogicalOr : LogicalOp<LogicalOr.Kernel>
{
    public static readonly LogicalOr Instance = new();

    public readonly struct Kernel : IElementKernel<bool, bool>
    {
        public bool Apply(bool a, bool b) => a | b;
    }
}
