namespace ProbNet.Autodiff;

/// <summary>
/// y = a where the mask is true, else b; mask, a and b broadcast. ∂y/∂a is dy selected by the mask, not multiplied: the branch not taken gets a
/// gradient of exactly zero even where dy is infinite or NaN.
/// </summary>
internal sealed class Where : ElementwiseOp
{
    public static readonly Where Instance = new();

    public override TensorType Infer(Tensor[] inputs)
    {
        Tensor mask = inputs[0], a = inputs[1], b = inputs[2];
        if (mask.DType != DType.Bool)
        {
            throw new DTypeException($"Where: the mask is {mask.DType} {mask.Shape}; Bool is needed: compare it first, or use Cast(DType.Bool).");
        }

        if (a.DType != b.DType)
        {
            throw new DTypeException($"Where: the branches have different types, {a.DType} {a.Shape} and {b.DType} {b.Shape}; convert one with Cast.");
        }

        return new(Shape.Broadcast(Shape.Broadcast(mask.Shape, a.Shape, Name), b.Shape, Name), a.DType);
    }

    public override BlockKernel Block(ReadOnlySpan<DType> inputs) => inputs[1] switch
    {
        DType.Float32 or DType.Int32 => SelectBlock<float>.Instance,
        DType.Float64 or DType.Int64 => SelectBlock<double>.Instance,
        _ => ElementBlock<Booleans, byte, byte>.Instance,
    };

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => index switch
    {
        1 => Tensor.Where(inputs[0], dy, 0),
        2 => Tensor.Where(inputs[0], 0, dy),
        _ => null,
    };

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(Vectorization.AlignRanks(inputs, batched));

    private readonly struct Booleans : IElementKernel<byte, byte>
    {
        public static int Operands => 3;

        public byte Apply(byte a, byte b, byte c) => (byte)(c ^ ((b ^ c) & -a));

        public static int? Record(ProgramBuilder builder, int a, int b, int c) => builder.Select(a, b, c);
    }
}
