namespace ProbNet.Autodiff;

/// <summary>y = true where x is +∞ or −∞. No gradient.</summary>
internal sealed class IsInfinite : PredicateOp<IsInfinite.Kernel>
{
    public static readonly IsInfinite Instance = new();

    public readonly struct Kernel : IPredicateKernel
    {
        static bool IPredicateKernel.Apply<T>(T x) => T.IsInfinity(x);
    }
}
