namespace ProbNet.Autodiff;

/// <summary>A binary operation that runs a SIMD kernel on Float32 and Float64.</summary>
internal abstract class VectorBinaryOp<TKernel> : BinaryOp where TKernel : struct, IBinaryKernel
{
    public override BlockKernel Block(ReadOnlySpan<DType> inputs) => inputs[0] == DType.Float32
        ? BinaryBlock<TKernel, float>.Instance
        : BinaryBlock<TKernel, double>.Instance;
}
