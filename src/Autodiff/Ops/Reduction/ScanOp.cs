using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>A running reduction along an axis: each element of the result takes in all up to its own place; from the end, if reversed.</summary>
internal abstract class ScanOp(int axis, bool reverse) : Op
{
    /// <summary>The axis, counted from the end.</summary>
    protected int Axis => axis;

    /// <summary>Whether the scan runs from the end.</summary>
    protected bool Reverse => reverse;

    public override TensorType Infer(Tensor[] inputs) => new(inputs[0].Shape, RequireFloating(inputs[0]));

    public override Array Evaluate(Tensor[] inputs, TensorType type)
    {
        (int outer, int length, int inner) = type.Shape.Around(type.Shape.Rank + axis);
        return type.DType switch
        {
            DType.Float32 => Scan(inputs[0].Data<float>(), outer, length, inner),
            DType.Float64 => Scan(inputs[0].Data<double>(), outer, length, inner),
            DType.Int32 => ScanIntegers(inputs[0].Data<int>(), outer, length, inner),
            _ => ScanIntegers(inputs[0].Data<long>(), outer, length, inner),
        };
    }

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(inputs);

    /// <summary>The scan over the middle axis of [outer, length, inner].</summary>
    protected abstract T[] Scan<T>(T[] x, int outer, int length, int inner) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <inheritdoc cref="Scan{T}"/>
    protected virtual T[] ScanIntegers<T>(T[] x, int outer, int length, int inner) where T : unmanaged, IBinaryInteger<T> =>
        throw new DTypeException($"{Name}: {DTypeExtensions.Of<T>()} is not a type that it takes.");

    /// <summary>Runs a step from each slice along the axis to the next.</summary>
    protected T[] Run<T, TStep>(T[] x, int outer, int length, int inner)
        where T : unmanaged
        where TStep : struct, IScanStep<T>
    {
        T[] y = GC.AllocateUninitializedArray<T>(x.Length);
        if (x.Length == 0)
        {
            return y;
        }

        int first = reverse ? (length - 1) * inner : 0, step = reverse ? -inner : inner;
        for (int start = 0; start < x.Length; start += length * inner)
        {
            for (int i = start + first; i < start + first + inner; i++)
            {
                TStep state = default;
                for (int r = 0, at = i; r < length; r++, at += step)
                {
                    y[at] = state.Next(x[at]);
                }
            }
        }

        return y;
    }
}
