namespace ProbNet.Autodiff;

/// <summary>y = b·a·(1 − a): the gradient b behind a = σ(x), in one pass. ∂y/∂a = b(1 − 2a), ∂y/∂b = a(1 − a).</summary>
internal sealed class SigmoidGradient : VectorBinaryOp<SigmoidGradient.Kernel>
{
    public static readonly SigmoidGradient Instance = new();

    protected override Tensor? VjpLeft(Tensor a, Tensor b, Tensor y, Tensor dy) => dy * b * (1 - (2 * a));

    protected override Tensor? VjpRight(Tensor a, Tensor b, Tensor y, Tensor dy) => Instance.Apply(a, dy);

    public readonly struct Kernel : IBinaryKernel
    {
        static V IBinaryKernel.Apply<V, T>(V a, V b) => b * a * (V.Constant(1) - a);
    }
}
