namespace ProbNet.Autodiff;

/// <summary>y = ψ(x), the derivative of ln Γ. dy/dx = ψ₁(x).</summary>
internal sealed class Digamma : VectorUnaryOp<Digamma.Kernel>
{
    public static readonly Digamma Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * x.Polygamma(1);

    public readonly struct Kernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.Digamma<V, T>(x);
    }
}
