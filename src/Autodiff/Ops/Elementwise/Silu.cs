namespace ProbNet.Autodiff;

/// <summary>y = x·σ(x) (Elfwing et al. 2018). With s = σ(x): dy/dx = s + y(1 − s).</summary>
internal sealed class Silu : VectorUnaryOp<Silu.Kernel>
{
    public static readonly Silu Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy)
    {
        Tensor s = x.Sigmoid();
        return dy * (s + y * (1 - s));
    }

    public readonly struct Kernel : IUnaryKernel
    {
        static bool IUnaryKernel.Paired => true;

        static V IUnaryKernel.Apply<V, T>(V x) => x * VectorMath.Sigmoid<V, T>(x);
    }
}
