namespace ProbNet.Autodiff;

/// <summary>y = 1/√x: +∞ at 0, NaN below. dy/dx = −y³/2.</summary>
internal sealed class Rsqrt : VectorUnaryOp<Rsqrt.Kernel>
{
    public static readonly Rsqrt Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => -0.5 * dy * (y * y * y);

    public readonly struct Kernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => V.Constant(1) / V.Sqrt(x);
    }
}
