namespace ProbNet.Autodiff;

/// <summary>y = ln |Γ(x)|: +∞ at 0 and the negative integers. dy/dx = ψ(x).</summary>
internal sealed class LogGamma : VectorUnaryOp<LogGamma.Kernel>
{
    public static readonly LogGamma Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * x.Digamma();

    public readonly struct Kernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.LogGamma<V, T>(x);
    }
}
