namespace ProbNet.Autodiff;

/// <summary>y = ln |Γ(x)|: +∞ at 0 and the negative integers. dy/dx = ψ(x).</summary>
internal sealed class LogGamma : UnaryOp
{
    public static readonly LogGamma Instance = new();

    public override BlockKernel Block(ReadOnlySpan<DType> inputs) => inputs[0] == DType.Float32
        ? WideUnaryBlock<Kernel>.Instance
        : UnaryBlock<Kernel, double>.Instance;

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * x.Digamma();

    public readonly struct Kernel : IUnaryKernel
    {
        static V IUnaryKernel.Apply<V, T>(V x) => VectorMath.LogGamma<V, T>(x);
    }
}
