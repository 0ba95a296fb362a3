namespace ProbNet.Autodiff;

/// <summary>A ternary operation that runs a SIMD kernel on Float32 and Float64.</summary>
internal abstract class VectorTernaryOp<TKernel> : TernaryOp where TKernel : struct, ITernaryKernel
{
    public override BlockKernel Block(ReadOnlySpan<DType> inputs) => inputs[0] == DType.Float32
        ? TernaryBlock<TKernel, float>.Instance
        : TernaryBlock<TKernel, double>.Instance;
}
