namespace ProbNet.Autodiff;

/// <summary>y = a and b, for Bool. No gradient.</summary>
internal sealed class LogicalAnd : LogicalOp<LogicalAnd.Kernel>
{
    public static readonly LogicalAnd Instance = new();

    public readonly struct Kernel : IElementKernel<bool, bool>
    {
        public bool Apply(bool a, bool b) => a & b;
    }
}
