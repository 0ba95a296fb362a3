namespace ProbNet.Autodiff;

/// <summary>y = true where a &lt; b; false where either is NaN. No gradient.</summary>
internal sealed class LessThan : ComparisonOp<LessThan.Kernel>
{
    public static readonly LessThan Instance = new();

    public readonly struct Kernel : IComparisonKernel
    {
        static bool IComparisonKernel.Apply<T>(T a, T b) => a < b;

        static V IComparisonKernel.Apply<V, T>(V a, V b) => V.Less(a, b);

        static int IComparisonKernel.Record(ProgramBuilder builder, int a, int b) => builder.Ask(KernelOp.Less, a, b);
    }
}
