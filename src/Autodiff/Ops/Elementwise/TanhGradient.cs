namespace ProbNet.Autodiff;

/// <summary>y = b·(1 − a²): the gradient b behind a = tanh(x), in one pass. ∂y/∂a = −2ab, ∂y/∂b = 1 − a².</summary>
internal sealed class TanhGradient : VectorBinaryOp<TanhGradient.Kernel>
{
    public static readonly TanhGradient Instance = new();

    protected override Tensor? VjpLeft(Tensor a, Tensor b, Tensor y, Tensor dy) => -2 * a * b * dy;

    protected override Tensor? VjpRight(Tensor a, Tensor b, Tensor y, Tensor dy) => Instance.Apply(a, dy);

    public readonly struct Kernel : IBinaryKernel
    {
        static V IBinaryKernel.Apply<V, T>(V a, V b) => b * (V.Constant(1) - (a * a));
    }
}
