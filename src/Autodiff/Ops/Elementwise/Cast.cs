using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>
/// y = x in another type. Floating to integer truncates toward zero and saturates, NaN becomes 0; to Bool is x ≠ 0. Between floating-point types
/// the gradient is cast back; else there is none.
/// </summary>
internal sealed class Cast(DType target) : ElementwiseOp
{
    public override string Name => $"Cast({target})";

    public override TensorType Infer(Tensor[] inputs) => new(inputs[0].Shape, target);

    public override BlockKernel Block(ReadOnlySpan<DType> inputs) => (inputs[0], target) switch
    {
        var (from, to) when from == to => to.ByteSize() switch { 8 => CopyBlock<double>.Instance, 4 => CopyBlock<float>.Instance, _ => CopyBlock<byte>.Instance },
        (DType.Float32, DType.Bool) => NonZeroBlock<float>.Instance,
        (DType.Float64, DType.Bool) => NonZeroBlock<double>.Instance,
        (DType.Float32, _) => From<float>(),
        (DType.Float64, _) => From<double>(),
        (DType.Int32, _) => From<int>(),
        (DType.Int64, _) => From<long>(),
        _ => FromBooleans(),
    };

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) =>
        inputs[0].DType.IsFloating() ? dy.Cast(inputs[0].DType) : null;

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(inputs);

    private BlockKernel From<T>() where T : unmanaged, INumber<T> => target switch
    {
        DType.Float32 => ConvertBlock<T, float>.Instance,
        DType.Float64 => ConvertBlock<T, double>.Instance,
        DType.Int32 => ConvertBlock<T, int>.Instance,
        DType.Int64 => ConvertBlock<T, long>.Instance,
        _ => ElementBlock<NonZero<T>, T, bool>.Instance,
    };

    private BlockKernel FromBooleans() => target switch
    {
        DType.Float32 => FromBooleansBlock<float, float>.Instance,
        DType.Float64 => FromBooleansBlock<double, double>.Instance,
        DType.Int32 => FromBooleansBlock<int, float>.Instance,
        _ => FromBooleansBlock<long, double>.Instance,
    };

    private readonly struct NonZero<T> : IElementKernel<T, bool> where T : unmanaged, INumber<T>
    {
        public static int Operands => 1;

        public bool Apply(T a, T b, T c) => a != T.Zero;

        public static int? Record(ProgramBuilder builder, int a, int b, int c) => builder.Convert(a, DType.Bool);
    }
}
