namespace ProbNet.Autodiff;

/// <summary>y = x to the nearest integer, halves to even. The gradient is zero everywhere.</summary>
internal sealed class Round : PiecewiseConstantOp<Round.Kernel>
{
    public static readonly Round Instance = new();

    public readonly struct Kernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => V.Round(x);
    }
}
