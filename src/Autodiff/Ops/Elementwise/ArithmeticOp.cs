using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>A binary operation on floating-point and integer tensors alike.</summary>
internal abstract class ArithmeticOp<TKernel> : VectorBinaryOp<TKernel> where TKernel : struct, IBinaryKernel, IIntegerBinaryKernel
{
    protected override bool TakesIntegers => true;

    public override Array Evaluate(Tensor[] inputs, TensorType type) => type.DType switch
    {
        DType.Int32 => ElementLoop.Binary<Integers<int>, int, int>(default, inputs[0], inputs[1], type.Shape),
        DType.Int64 => ElementLoop.Binary<Integers<long>, long, long>(default, inputs[0], inputs[1], type.Shape),
        _ => base.Evaluate(inputs, type),
    };

    private readonly struct Integers<T> : IElementKernel<T, T> where T : unmanaged, IBinaryInteger<T>
    {
        public T Apply(T a, T b) => TKernel.Apply(a, b);
    }
}
