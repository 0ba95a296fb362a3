namespace ProbNet.Autodiff;

/// <summary>y = true where a ≠ b; NaN differs from everything. No gradient.</summary>
internal sealed class NotEqualTo : ComparisonOp<NotEqualTo.Kernel>
{
    public static readonly NotEqualTo Instance = new();

    public readonly struct Kernel : IComparisonKernel
    {
        static bool IComparisonKernel.Apply<T>(T a, T b) => a != b;

        static V IComparisonKernel.Apply<V, T>(V a, V b) => ~V.Equal(a, b);

        static int IComparisonKernel.Record(ProgramBuilder builder, int a, int b) => builder.Emit(KernelOp.Not, builder.Ask(KernelOp.Equal, a, b));
    }
}
