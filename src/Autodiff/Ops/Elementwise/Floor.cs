namespace ProbNet.Autodiff;

/// <summary>y = ⌊x⌋, the largest integer not above x. The gradient is zero everywhere.</summary>
internal sealed class Floor : PiecewiseConstantOp<Floor.Kernel>
{
    public static readonly Floor Instance = new();

    public readonly struct Kernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => V.Floor(x);
    }
}
