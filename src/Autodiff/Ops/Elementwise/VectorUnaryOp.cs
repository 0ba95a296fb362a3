namespace ProbNet.Autodiff;

/// <summary>A unary operation that runs a SIMD kernel on Float32 and Float64.</summary>
internal abstract class VectorUnaryOp<TKernel> : UnaryOp where TKernel : struct, IUnaryKernel
{
    public override Array Evaluate(Tensor[] inputs, TensorType type)
    {
        if (type.DType == DType.Float32)
        {
            float[] y = GC.AllocateUninitializedArray<float>(type.Shape.Size);
            ElementwiseTiles.Unary<TKernel, float>(inputs[0].Data<float>(), y);
            return y;
        }
        else
        {
            double[] y = GC.AllocateUninitializedArray<double>(type.Shape.Size);
            ElementwiseTiles.Unary<TKernel, double>(inputs[0].Data<double>(), y);
            return y;
        }
    }
}
