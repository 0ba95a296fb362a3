namespace ProbNet.Autodiff;

/// <summary>y = true where a = b; NaN equals nothing. No gradient.</summary>
internal sealed class EqualTo : ComparisonOp<EqualTo.Kernel>
{
    public static readonly EqualTo Instance = new();

    public readonly struct Kernel : IComparisonKernel
    {
        static bool IComparisonKernel.Apply<T>(T a, T b) => a == b;

        static V IComparisonKernel.Apply<V, T>(V a, V b) => V.Equal(a, b);

        static int IComparisonKernel.Record(ProgramBuilder builder, int a, int b) => builder.Ask(KernelOp.Equal, a, b);
    }
}
