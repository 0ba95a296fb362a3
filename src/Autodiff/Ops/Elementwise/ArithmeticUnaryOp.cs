using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>A unary operation on floating-point and integer tensors alike.</summary>
internal abstract class ArithmeticUnaryOp<TKernel> : VectorUnaryOp<TKernel> where TKernel : struct, IUnaryKernel, IIntegerUnaryKernel
{
    public override TensorType Infer(Tensor[] inputs) => inputs[0].DType.IsInteger()
        ? new(inputs[0].Shape, inputs[0].DType)
        : base.Infer(inputs);

    public override Array Evaluate(Tensor[] inputs, TensorType type) => type.DType switch
    {
        DType.Int32 => Map(inputs[0].Data<int>()),
        DType.Int64 => Map(inputs[0].Data<long>()),
        _ => base.Evaluate(inputs, type),
    };

    private static T[] Map<T>(T[] x) where T : unmanaged, IBinaryInteger<T>
    {
        var y = new T[x.Length];
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = TKernel.Apply(x[i]);
        }

        return y;
    }
}
