namespace ProbNet.Autodiff;

/// <summary>y = 1/x. dy/dx = −y².</summary>
internal sealed class Reciprocal : VectorUnaryOp<Reciprocal.Kernel>
{
    public static readonly Reciprocal Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => -dy * (y * y);

    public readonly struct Kernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => V.Constant(1) / x;
    }
}
