namespace ProbNet.Autodiff;

/// <summary>y = true where x is neither infinite nor NaN. No gradient.</summary>
internal sealed class IsFinite : PredicateOp<IsFinite.Kernel>
{
    public static readonly IsFinite Instance = new();

    public readonly struct Kernel : IPredicateKernel
    {
        static V IPredicateKernel.Apply<V, T>(V x) => V.Less(V.Abs(x), V.Constant(double.PositiveInfinity));
    }
}
