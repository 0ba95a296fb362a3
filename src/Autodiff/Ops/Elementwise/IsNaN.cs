namespace ProbNet.Autodiff;

/// <summary>y = true where x is not a number. No gradient.</summary>
internal sealed class IsNaN : PredicateOp<IsNaN.Kernel>
{
    public static readonly IsNaN Instance = new();

    public readonly struct Kernel : IPredicateKernel
    {
        static V IPredicateKernel.Apply<V, T>(V x) => V.IsNaN(x);
    }
}
