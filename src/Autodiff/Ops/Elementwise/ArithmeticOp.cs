using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>A binary operation on floating-point and integer tensors alike.</summary>
internal abstract class ArithmeticOp<TKernel> : VectorBinaryOp<TKernel> where TKernel : struct, IBinaryKernel, IIntegerBinaryKernel
{
    protected override bool TakesIntegers => true;

    public override BlockKernel Block(ReadOnlySpan<DType> inputs) => inputs[0] switch
    {
        DType.Int32 => ElementBlock<Integers<int>, int, int>.Instance,
        DType.Int64 => ElementBlock<Integers<long>, long, long>.Instance,
        _ => base.Block(inputs),
    };

    private readonly struct Integers<T> : IElementKernel<T, T> where T : unmanaged, IBinaryInteger<T>
    {
        public static int Operands => 2;

        public T Apply(T a, T b, T c) => TKernel.Apply(a, b);

        public static int? Record(ProgramBuilder builder, int a, int b, int c) => builder.Emit(TKernel.Instruction, a, b);
    }
}
