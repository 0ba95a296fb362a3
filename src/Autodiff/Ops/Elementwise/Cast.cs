using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>
/// y = x in another type. Floating to integer truncates toward zero and saturates, NaN becomes 0; to Bool is x ≠ 0. Between floating-point types
/// the gradient is cast back; else there is none.
/// </summary>
internal sealed class Cast(DType target) : Op
{
    public override string Name => $"Cast({target})";

    public override TensorType Infer(Tensor[] inputs) => new(inputs[0].Shape, target);

    public override Array Evaluate(Tensor[] inputs, TensorType type) => inputs[0].RawData switch
    {
        float[] x => From(x),
        double[] x => From(x),
        int[] x => From(x),
        long[] x => From(x),
        bool[] x => From(Array.ConvertAll(x, value => value ? 1 : 0)),
        _ => throw new DTypeException($"{Name}: {inputs[0].DType} is not a known type."),
    };

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) =>
        inputs[0].DType.IsFloating() ? dy.Cast(inputs[0].DType) : null;

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(inputs);

    private Array From<T>(T[] x) where T : unmanaged, INumber<T> => target switch
    {
        DType.Float32 => To<T, float>(x),
        DType.Float64 => To<T, double>(x),
        DType.Int32 => To<T, int>(x),
        DType.Int64 => To<T, long>(x),
        _ => Array.ConvertAll(x, value => value != T.Zero),
    };

    private static TTo[] To<T, TTo>(T[] x) where T : unmanaged, INumber<T> where TTo : unmanaged, INumber<TTo>
    {
        var y = new TTo[x.Length];
        System.Numerics.Tensors.TensorPrimitives.ConvertSaturating<T, TTo>(x, y);
        return y;
    }
}
