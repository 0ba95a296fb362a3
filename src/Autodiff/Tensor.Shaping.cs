using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

public sealed partial class Tensor
{
    /// <summary>The same elements in another shape; one length may be −1 and is then worked out.</summary>
    /// <exception cref="ShapeException">The number of elements differs.</exception>
    [OverloadResolutionPriority(1)]
    public Tensor Reshape(params ReadOnlySpan<int> lengths)
    {
        int unknown = lengths.IndexOf(-1);
        if (unknown >= 0)
        {
            int[] filled = lengths.ToArray();
            filled[unknown] = 1;
            Shape known = filled;
            if (known.Size == 0 || Size % known.Size != 0)
            {
                throw new ShapeException($"Reshape: {Size} elements of shape {Shape} cannot be cut into [{string.Join(", ", lengths.ToArray())}].");
            }

            filled[unknown] = Size / known.Size;
            return Reshape((Shape)filled);
        }

        return Reshape(Shape.Create(lengths));
    }

    /// <inheritdoc cref="Reshape(ReadOnlySpan{int})"/>
    public Tensor Reshape(Shape shape) => shape == Shape ? this : new Reshape(shape).Apply(this);

    /// <summary>Repeats axes of length 1, and adds axes in front, up to a shape.</summary>
    /// <exception cref="ShapeException">The shape does not broadcast to the target.</exception>
    public Tensor BroadcastTo(Shape shape) => shape == Shape ? this : new BroadcastTo(shape).Apply(this);

    /// <summary>Reorders all axes: axis i of the result is axis <c>order[i]</c> of this.</summary>
    /// <exception cref="ShapeException">The order does not name each axis once.</exception>
    public Tensor Permute(params ReadOnlySpan<int> order)
    {
        int[] axes = order.ToArray();
        for (int i = 0; i < axes.Length; i++)
        {
            axes[i] = Shape.NormalizeAxis(axes[i], "Permute") - Rank;
        }

        return axes.Length == Rank && axes.Distinct().Count() == Rank
            ? new Permute(axes).Apply(this)
            : throw new ShapeException($"Permute: the order [{string.Join(", ", order.ToArray())}] must name each of the {Rank} axes of shape {Shape} once.");
    }

    /// <summary>Swaps two axes; by default the last two.</summary>
    /// <exception cref="ShapeException">An axis does not exist.</exception>
    public Tensor Transpose(int first = -2, int second = -1)
    {
        int a = Shape.NormalizeAxis(first, "Transpose"), b = Shape.NormalizeAxis(second, "Transpose");
        if (a == b)
        {
            return this;
        }

        int[] order = [.. Enumerable.Range(-Rank, Rank)];
        (order[a], order[b]) = (order[b], order[a]);
        return new Permute(order[Math.Min(a, b)..]).Apply(this);
    }

    /// <summary>Adds an axis of length 1 before <paramref name="axis"/> of the result.</summary>
    /// <exception cref="ShapeException">The result has no such axis.</exception>
    public Tensor Unsqueeze(int axis)
    {
        int[] lengths = new int[Rank + 1];
        int at = ((Shape)lengths).NormalizeAxis(axis, "Unsqueeze");
        return Reshape((Shape)(int[])[.. Shape[..at], 1, .. Shape[at..]]);
    }

    /// <summary>Removes an axis of length 1; without an argument, all of them.</summary>
    /// <exception cref="ShapeException">The axis does not exist or is longer than 1.</exception>
    public Tensor Squeeze(int? axis = null)
    {
        if (axis is null)
        {
            return Reshape((Shape)Shape.Where(length => length != 1).ToArray());
        }

        int at = Shape.NormalizeAxis(axis.Value, "Squeeze");
        return Shape[at] == 1
            ? Reshape((Shape)(int[])[.. Shape[..at], .. Shape[(at + 1)..]])
            : throw new ShapeException($"Squeeze: axis {axis} of shape {Shape} has length {Shape[at]}; only an axis of length 1 can be removed.");
    }

    /// <summary>Joins tensors along an axis that they have.</summary>
    /// <exception cref="ShapeException">There is none, or their shapes differ in another axis.</exception>
    public static Tensor Concat(IReadOnlyList<Tensor> tensors, int axis = 0)
    {
        if (tensors.Count == 0)
        {
            throw new ShapeException("Concat: there are no tensors to join.");
        }

        Shape shape = tensors[0].Shape;
        int at = shape.NormalizeAxis(axis, "Concat");
        return tensors.Count == 1 ? tensors[0] : new Concat(at - shape.Rank).Apply([.. tensors]);
    }

    /// <summary>Joins tensors of one shape along a new axis.</summary>
    /// <exception cref="ShapeException">There is none, or their shapes differ.</exception>
    public static Tensor Stack(IReadOnlyList<Tensor> tensors, int axis = 0)
    {
        foreach (Tensor tensor in tensors)
        {
            if (tensor.Shape != tensors[0].Shape)
            {
                throw new ShapeException($"Stack: the shapes {tensors[0].Shape} and {tensor.Shape} differ; stacked tensors are of one shape.");
            }
        }

        return Concat([.. tensors.Select(tensor => tensor.Unsqueeze(axis))], axis);
    }
}
