namespace ProbNet.Autodiff;

/// <summary>y = x without its fraction, toward zero. The gradient is zero everywhere.</summary>
internal sealed class Truncate : PiecewiseConstantOp<Truncate.Kernel>
{
    public static readonly Truncate Instance = new();

    public readonly struct Kernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => V.Truncate(x);
    }
}
