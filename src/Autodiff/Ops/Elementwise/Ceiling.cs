namespace ProbNet.Autodiff;

/// <summary>y = ⌈x⌉, the smallest integer not below x. The gradient is zero everywhere.</summary>
internal sealed class Ceiling : PiecewiseConstantOp<Ceiling.Kernel>
{
    public static readonly Ceiling Instance = new();

    public readonly struct Kernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => V.Ceiling(x);
    }
}
