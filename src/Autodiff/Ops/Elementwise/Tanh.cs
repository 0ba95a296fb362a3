namespace ProbNet.Autodiff;

/// <summary>y = tanh(x). dy/dx = 1 − y².</summary>
internal sealed class Tanh : VectorUnaryOp<Tanh.Kernel>
{
    public static readonly Tanh Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => TanhGradient.Instance.Apply(y, dy);

    public readonly struct Kernel : IUnaryKernel
    {
        static bool IUnaryKernel.Paired => true;

        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.Tanh<V, T>(x);
    }
}
