namespace ProbNet.Autodiff;

/// <summary>y = true where x is +∞ or −∞. No gradient.</summary>
internal sealed class IsInfinite : PredicateOp<IsInfinite.Kernel>
{
    public static readonly IsInfinite Instance = new();

    public readonly struct Kernel : IPredicateKernel
    {
        static V IPredicateKernel.Apply<V, T>(V x) => V.Equal(V.Abs(x), V.Constant(double.PositiveInfinity));
    }
}
