namespace ProbNet.Autodiff;

/// <summary>y = ln(1 + x), accurate near 0: −∞ at −1, NaN below. dy/dx = 1/(1 + x).</summary>
internal sealed class Log1p : VectorUnaryOp<Log1p.Kernel>
{
    public static readonly Log1p Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy / (1 + x);

    public readonly struct Kernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.Log1p<V, T>(x);
    }
}
