namespace ProbNet.Autodiff;

/// <summary>y = ψ(x), the derivative of ln Γ. dy/dx = ψ₁(x).</summary>
internal sealed class Digamma : UnaryOp
{
    public static readonly Digamma Instance = new();

    public override BlockKernel Block(ReadOnlySpan<DType> inputs) => inputs[0] == DType.Float32
        ? WideUnaryBlock<Kernel>.Instance
        : UnaryBlock<Kernel, double>.Instance;

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * x.Polygamma(1);

    public readonly struct Kernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.Digamma<V, T>(x);
    }
}
