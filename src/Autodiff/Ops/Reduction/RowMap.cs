using System.Numerics;
using System.Numerics.Tensors;

namespace ProbNet.Autodiff;

/// <summary>An operation that maps each row, the last axis, to a row of the same length.</summary>
internal abstract class RowMap : Op
{
    public override TensorType Infer(Tensor[] inputs) => new(inputs[0].Shape, RequireFloating(inputs[0]));

    public override Array Evaluate(Tensor[] inputs, TensorType type) => type.DType == DType.Float32
        ? Map(inputs[0].Data<float>(), type.Shape[-1])
        : Map(inputs[0].Data<double>(), type.Shape[-1]);

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(inputs);

    protected abstract void Map<T>(ReadOnlySpan<T> x, Span<T> y, int rows, int columns) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>The row of the result where the maximum is infinite, and the general formula would subtract infinities.</summary>
    /// <param name="x">The row.</param>
    /// <param name="y">Its result.</param>
    /// <param name="ties">How many elements are +∞: 0 if all are −∞.</param>
    protected abstract void MapInfinite<T>(ReadOnlySpan<T> x, Span<T> y, int ties) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    private T[] Map<T>(T[] x, int columns) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] y = GC.AllocateUninitializedArray<T>(x.Length);
        if (y.Length == 0)
        {
            return y;
        }

        Map<T>(x, y, x.Length / columns, columns);
        if (!T.IsNaN(TensorPrimitives.Sum<T>(y)))
        {
            return y;
        }

        for (int row = 0; row < x.Length; row += columns)
        {
            ReadOnlySpan<T> values = x.AsSpan(row, columns);
            T max = TensorPrimitives.Max(values);
            if (T.IsInfinity(max))
            {
                MapInfinite(values, y.AsSpan(row, columns), T.IsNegative(max) ? 0 : values.Count(max));
            }
        }

        return y;
    }
}
