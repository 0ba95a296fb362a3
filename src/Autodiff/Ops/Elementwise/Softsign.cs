namespace ProbNet.Autodiff;

/// <summary>y = x/(1 + |x|). dy/dx = 1/(1 + |x|)².</summary>
internal sealed class Softsign : VectorUnaryOp<Softsign.Kernel>
{
    public static readonly Softsign Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy / (1 + x.Abs()).Square();

    public readonly struct Kernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => x / (V.Constant(1) + V.Abs(x));
    }
}
