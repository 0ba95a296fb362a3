using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>A reduction over some axes: of a floating-point tensor, and of other types where the operation says so.</summary>
internal abstract class ReduceOp : Op
{
    protected ReduceOp(int[] axes, bool keepDims)
    {
        Axes = axes;
        KeepDims = keepDims;
    }

    /// <summary>The reduced axes, negative and ascending.</summary>
    public int[] Axes { get; }

    /// <summary>Whether a reduced axis stays with length 1.</summary>
    public bool KeepDims { get; }

    public override TensorType Infer(Tensor[] inputs) => new(ResultShape(inputs[0].Shape, KeepDims), ResultType(inputs[0]));

    public override Array Evaluate(Tensor[] inputs, TensorType type)
    {
        Tensor x = inputs[0];
        (int outer, int length, int inner) = Collapse(ref x);
        return x.DType switch
        {
            DType.Float32 => Reduce(x.Data<float>(), outer, length, inner),
            DType.Float64 => Reduce(x.Data<double>(), outer, length, inner),
            DType.Int32 => ReduceIntegers(x.Data<int>(), outer, length, inner),
            DType.Int64 => ReduceIntegers(x.Data<long>(), outer, length, inner),
            _ => ReduceBooleans(x.Data<bool>(), outer, length, inner),
        };
    }

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(inputs);

    /// <summary>The type of the result; throws for a type that the operation does not take.</summary>
    protected virtual DType ResultType(Tensor x) => RequireFloating(x);

    /// <summary>Reduces the middle axis of [outer, length, inner].</summary>
    protected abstract Array Reduce<T>(T[] x, int outer, int length, int inner) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <inheritdoc cref="Reduce{T}"/>
    protected virtual Array ReduceIntegers<T>(T[] x, int outer, int length, int inner) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> =>
        throw new DTypeException($"{Name}: {DTypeExtensions.Of<T>()} is not a type that it takes.");

    /// <inheritdoc cref="Reduce{T}"/>
    protected virtual Array ReduceBooleans(bool[] x, int outer, int length, int inner) =>
        throw new DTypeException($"{Name}: {DType.Bool} is not a type that it takes.");

    /// <summary>A result or its gradient, with the reduced axes present with length 1.</summary>
    protected Tensor Expanded(Tensor y, Tensor x) => KeepDims ? y : y.Reshape(ResultShape(x.Shape, keepDims: true));

    /// <summary>The number of elements that one result takes in.</summary>
    protected int Count(Shape shape)
    {
        int count = 1;
        foreach (int axis in Axes)
        {
            count *= shape[axis];
        }

        return count;
    }

    protected Shape ResultShape(Shape shape, bool keepDims)
    {
        ReadOnlySpan<int> lengths = shape.AsSpan();
        int[] result = new int[keepDims ? lengths.Length : lengths.Length - Axes.Length];
        int next = 0, to = 0;
        for (int i = 0; i < lengths.Length; i++)
        {
            bool reduced = next < Axes.Length && Axes[next] == i - lengths.Length;
            if (reduced)
            {
                next++;
            }

            if (!reduced || keepDims)
            {
                result[to++] = reduced ? 1 : lengths[i];
            }
        }

        return result;
    }

    /// <summary>The input as [outer, length, inner] with the reduced axes in the middle; they are brought together first if they are apart.</summary>
    protected (int Outer, int Length, int Inner) Collapse(ref Tensor x)
    {
        if (Axes.Length == 0)
        {
            return (x.Size, 1, 1);
        }

        bool together = Axes[^1] - Axes[0] == Axes.Length - 1;
        if (!together)
        {
            int span = -Axes[0];
            int[] kept = [.. Enumerable.Range(-span, span).Except(Axes)];
            x = new Permute([.. kept, .. Axes]).Apply(x);
        }

        int first = together ? x.Rank + Axes[0] : x.Rank - Axes.Length;
        int outer = 1, length = 1, inner = 1;
        for (int i = 0; i < x.Rank; i++)
        {
            if (i < first)
            {
                outer *= x.Shape[i];
            }
            else if (i < first + Axes.Length)
            {
                length *= x.Shape[i];
            }
            else
            {
                inner *= x.Shape[i];
            }
        }

        return (outer, length, inner);
    }
}
