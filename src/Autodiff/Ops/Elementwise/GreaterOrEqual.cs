namespace ProbNet.Autodiff;

/// <summary>y = true where a ≥ b; false where either is NaN. No gradient.</summary>
internal sealed class GreaterOrEqual : ComparisonOp<GreaterOrEqual.Kernel>
{
    public static readonly GreaterOrEqual Instance = new();

    public readonly struct Kernel : IComparisonKernel
    {
        static bool IComparisonKernel.Apply<T>(T a, T b) => a >= b;

        static V IComparisonKernel.Apply<V, T>(V a, V b) => V.GreaterOrEqual(a, b);

        static int IComparisonKernel.Record(ProgramBuilder builder, int a, int b) => builder.Ask(KernelOp.LessOrEqual, b, a);
    }
}
