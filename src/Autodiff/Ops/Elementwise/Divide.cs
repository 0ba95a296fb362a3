namespace ProbNet.Autodiff;

/// <summary>y = a / b, for floating-point types. ∂y/∂a = 1/b, ∂y/∂b = −y/b.</summary>
internal sealed class Divide : VectorBinaryOp<Divide.Kernel>
{
    public static readonly Divide Instance = new();

    protected override Tensor? VjpLeft(Tensor a, Tensor b, Tensor y, Tensor dy) => dy / b;

    protected override Tensor? VjpRight(Tensor a, Tensor b, Tensor y, Tensor dy) => -dy * (y / b);

    public readonly struct Kernel : IBinaryKernel
    {
        static V IBinaryKernel.Apply<V, T>(V a, V b) => a / b;
    }
}
