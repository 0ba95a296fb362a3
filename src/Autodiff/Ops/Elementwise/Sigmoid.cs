namespace ProbNet.Autodiff;

/// <summary>y = 1/(1 + e⁻ˣ). dy/dx = y(1 − y).</summary>
internal sealed class Sigmoid : VectorUnaryOp<Sigmoid.Kernel>
{
    public static readonly Sigmoid Instance = new();

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => SigmoidGradient.Instance.Apply(y, dy);

    public readonly struct Kernel : IUnaryKernel
    {
        static bool IUnaryKernel.Paired => true;

        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.Sigmoid<V, T>(x);
    }
}
