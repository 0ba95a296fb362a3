namespace ProbNet.Autodiff;

/// <summary>A value, or a part of one, as memory with a stride an axis: what slices, permutations and broadcasts are without copying.</summary>
/// <param name="Base">Where the memory is.</param>
/// <param name="Offset">Elements from its start.</param>
/// <param name="Lengths">Lengths of the axes.</param>
/// <param name="Strides">Elements from one index to the next, an axis each.</param>
internal sealed record StridedView(FusedOperand Base, long Offset, int[] Lengths, long[] Strides)
{
    /// <summary>All of a contiguous value.</summary>
    public static StridedView Whole(FusedOperand memory, Shape shape) => new(memory, 0, shape.ToArray(), RowMajor(shape.AsSpan()));

    /// <summary>The view that an operation on shapes gives; null if it cannot be one.</summary>
    public StridedView? After(GraphNode node) => node.Op switch
    {
        Slice slice => Sliced(slice.Starts, slice.Steps, node.Shape),
        Permute permute => Permuted(permute.Order),
        BroadcastTo => Broadcast(node.Shape),
        Reshape => Reshaped(node.Shape),
        _ => null,
    };

    /// <summary>The same elements for every index along axes of length 1, or in front, of a larger shape.</summary>
    public StridedView Broadcast(Shape shape)
    {
        long[] strides = new long[shape.Rank];
        for (int i = 1; i <= Lengths.Length && i <= strides.Length; i++)
        {
            strides[^i] = Lengths[^i] == 1 ? 0 : Strides[^i];
        }

        return this with { Lengths = shape.ToArray(), Strides = strides };
    }

    /// <summary>Every step-th element from a start, along the last axes.</summary>
    public StridedView Sliced(int[] starts, int[] steps, Shape result)
    {
        long offset = Offset;
        long[] strides = [.. Strides];
        for (int i = 0; i < starts.Length; i++)
        {
            int axis = strides.Length - starts.Length + i;
            offset += starts[i] * strides[axis];
            strides[axis] *= steps[i];
        }

        return this with { Offset = result.Size == 0 ? Offset : offset, Lengths = result.ToArray(), Strides = strides };
    }

    private StridedView Permuted(int[] order)
    {
        int[] lengths = [.. Lengths];
        long[] strides = [.. Strides];
        for (int i = 1; i <= order.Length; i++)
        {
            lengths[^i] = Lengths[^-order[^i]];
            strides[^i] = Strides[^-order[^i]];
        }

        return this with { Lengths = lengths, Strides = strides };
    }

    /// <summary>In another shape: where the elements are contiguous, or only axes of length 1 come or go.</summary>
    private StridedView? Reshaped(Shape shape)
    {
        if (IsRowMajor(Lengths, Strides))
        {
            return this with { Lengths = shape.ToArray(), Strides = RowMajor(shape.AsSpan()) };
        }

        long[] strides = new long[shape.Rank];
        int from = 0;
        for (int axis = 0; axis < strides.Length; axis++)
        {
            if (shape[axis] == 1)
            {
                continue;
            }

            while (from < Lengths.Length && Lengths[from] == 1)
            {
                from++;
            }

            if (from == Lengths.Length || Lengths[from] != shape[axis])
            {
                return null;
            }

            strides[axis] = Strides[from++];
        }

        return this with { Lengths = shape.ToArray(), Strides = strides };
    }

    /// <summary>Whether strides are those of contiguous elements; strides of axes of length 1 do not matter.</summary>
    public static bool IsRowMajor(ReadOnlySpan<int> lengths, ReadOnlySpan<long> strides)
    {
        long next = 1;
        for (int axis = lengths.Length - 1; axis >= 0; axis--)
        {
            if (lengths[axis] != 1)
            {
                if (strides[axis] != next)
                {
                    return false;
                }

                next *= lengths[axis];
            }
        }

        return true;
    }

    private static long[] RowMajor(ReadOnlySpan<int> lengths)
    {
        long[] strides = new long[lengths.Length];
        long next = 1;
        for (int axis = strides.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = next;
            next *= lengths[axis];
        }

        return strides;
    }
}
