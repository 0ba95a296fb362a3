namespace ProbNet.Autodiff;

/// <summary>y = true where a ≤ b; false where either is NaN. No gradient.</summary>
internal sealed class LessOrEqual : ComparisonOp<LessOrEqual.Kernel>
{
    public static readonly LessOrEqual Instance = new();

    public readonly struct Kernel : IComparisonKernel
    {
        static bool IComparisonKernel.Apply<T>(T a, T b) => a <= b;

        static V IComparisonKernel.Apply<V, T>(V a, V b) => V.LessOrEqual(a, b);

        static int IComparisonKernel.Record(ProgramBuilder builder, int a, int b) => builder.Ask(KernelOp.LessOrEqual, a, b);
    }
}
