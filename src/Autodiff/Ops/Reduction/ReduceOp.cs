using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>A reduction over some axes of a floating-point tensor.</summary>
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

    public override TensorType Infer(Tensor[] inputs) => new(ResultShape(inputs[0].Shape, KeepDims), RequireFloating(inputs[0]));

    public override Array Evaluate(Tensor[] inputs, TensorType type)
    {
        Tensor x = inputs[0];
        (int outer, int length, int inner) = Collapse(ref x);
        return type.DType == DType.Float32
            ? Reduce(x.Data<float>(), outer, length, inner)
            : Reduce(x.Data<double>(), outer, length, inner);
    }

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(inputs);

    /// <summary>Reduces the middle axis of [outer, length, inner].</summary>
    protected abstract T[] Reduce<T>(T[] x, int outer, int length, int inner) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>A result or its gradient, with the reduced axes present with length 1.</summary>
    protected Tensor Expanded(Tensor y, Tensor x) => KeepDims ? y : y.Reshape(ResultShape(x.Shape, keepDims: true));

    protected Shape ResultShape(Shape shape, bool keepDims)
    {
        int[] lengths = shape.ToArray();
        foreach (int axis in Axes)
        {
            lengths[lengths.Length + axis] = keepDims ? 1 : -1;
        }

        return Array.FindAll(lengths, length => length >= 0);
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
