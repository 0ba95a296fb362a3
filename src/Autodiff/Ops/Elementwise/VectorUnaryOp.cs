namespace ProbNet.Autodiff;

/// <summary>A unary operation that runs a SIMD kernel on Float32 and Float64.</summary>
internal abstract class VectorUnaryOp<TKernel> : UnaryOp where TKernel : struct, IUnaryKernel
{
    public override BlockKernel Block(ReadOnlySpan<DType> inputs) => inputs[0] == DType.Float32
        ? UnaryBlock<TKernel, float>.Instance
        : UnaryBlock<TKernel, double>.Instance;
}
