using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>A comparison of the elements of two tensors of any one type, broadcast against each other. The result is Bool; no gradient.</summary>
internal abstract class ComparisonOp<TKernel> : BinaryOp where TKernel : struct, IComparisonKernel
{
    public override bool IsDifferentiable => false;

    public override TensorType Infer(Tensor[] inputs)
    {
        RequireSameType(inputs);
        return new(Shape.Broadcast(inputs[0].Shape, inputs[1].Shape, Name), DType.Bool);
    }

    public override BlockKernel Block(ReadOnlySpan<DType> inputs) => inputs[0] switch
    {
        DType.Float32 => CompareBlock<TKernel, float>.Instance,
        DType.Float64 => CompareBlock<TKernel, double>.Instance,
        DType.Int32 => ElementBlock<Elements<int>, int, bool>.Instance,
        DType.Int64 => ElementBlock<Elements<long>, long, bool>.Instance,
        _ => ElementBlock<Elements<byte>, byte, bool>.Instance,
    };

    protected override Tensor? VjpLeft(Tensor a, Tensor b, Tensor y, Tensor dy) => null;

    protected override Tensor? VjpRight(Tensor a, Tensor b, Tensor y, Tensor dy) => null;

    private readonly struct Elements<T> : IElementKernel<T, bool> where T : unmanaged, INumber<T>
    {
        public static int Operands => 2;

        public bool Apply(T a, T b, T c) => TKernel.Apply(a, b);

        // Booleans are compared as the numbers 0 and 1.
        public static int? Record(ProgramBuilder builder, int a, int b, int c) => builder.TypeOf(a) == DType.Bool
            ? TKernel.Record(builder, builder.Convert(a, DType.Int32), builder.Convert(b, DType.Int32))
            : TKernel.Record(builder, a, b);
    }
}
