using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>A unary operation on floating-point and integer tensors alike.</summary>
internal abstract class ArithmeticUnaryOp<TKernel> : VectorUnaryOp<TKernel> where TKernel : struct, IUnaryKernel, IIntegerUnaryKernel
{
    public override TensorType Infer(Tensor[] inputs) => inputs[0].DType.IsInteger()
        ? new(inputs[0].Shape, inputs[0].DType)
        : base.Infer(inputs);

    public override BlockKernel Block(ReadOnlySpan<DType> inputs) => inputs[0] switch
    {
        DType.Int32 => ElementBlock<Integers<int>, int, int>.Instance,
        DType.Int64 => ElementBlock<Integers<long>, long, long>.Instance,
        _ => base.Block(inputs),
    };

    private readonly struct Integers<T> : IElementKernel<T, T> where T : unmanaged, IBinaryInteger<T>
    {
        public static int Operands => 1;

        public T Apply(T a, T b, T c) => TKernel.Apply(a);

        public static int? Record(ProgramBuilder builder, int a, int b, int c) => TKernel.Record(builder, a);
    }
}
