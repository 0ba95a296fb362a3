namespace ProbNet.Autodiff;

/// <summary>y = ln(1 + eˣ), without overflow. dy/dx = σ(x).</summary>
internal sealed class Softplus : VectorUnaryOp<Softplus.Kernel>
{
    public static readonly Softplus Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * x.Sigmoid();

    public readonly struct Kernel : IUnaryKernel
    {
        static bool IUnaryKernel.Paired => true;

        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.Softplus<V, T>(x);
    }
}
