namespace ProbNet.Autodiff;

/// <summary>Copies between a row-major array and a strided view of another: all that slices, transposes and broadcasts need.</summary>
internal static class Strided
{
    /// <summary>The row-major strides of a shape.</summary>
    public static void StridesOf(Shape shape, Span<int> strides)
    {
        int stride = 1;
        for (int i = strides.Length - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= shape[i];
        }
    }

    /// <summary>Reads the elements that the strides visit, in row-major order.</summary>
    public static void Read(Array source, int offset, ReadOnlySpan<int> strides, ReadOnlySpan<int> shape, Array result)
    {
        switch (Elements.Bytes(result))
        {
            case 1: Read(Elements.Bits<byte>(source), offset, strides, shape, Elements.Bits<byte>(result)); break;
            case 4: Read(Elements.Bits<int>(source), offset, strides, shape, Elements.Bits<int>(result)); break;
            default: Read(Elements.Bits<long>(source), offset, strides, shape, Elements.Bits<long>(result)); break;
        }
    }

    /// <summary>Writes row-major values to the places that the strides visit.</summary>
    public static void Write(Array target, int offset, ReadOnlySpan<int> strides, ReadOnlySpan<int> shape, Array values)
    {
        switch (Elements.Bytes(values))
        {
            case 1: Write(Elements.Bits<byte>(target), offset, strides, shape, Elements.Bits<byte>(values)); break;
            case 4: Write(Elements.Bits<int>(target), offset, strides, shape, Elements.Bits<int>(values)); break;
            default: Write(Elements.Bits<long>(target), offset, strides, shape, Elements.Bits<long>(values)); break;
        }
    }

    /// <summary>Reads the elements that the strides visit, in row-major order.</summary>
    public static void Read<T>(ReadOnlySpan<T> source, int offset, ReadOnlySpan<int> strides, ReadOnlySpan<int> shape, Span<T> result)
    {
        if (result.Length == 0)
        {
            return;
        }

        // From the last axis outwards: axes of length 1 are left out, and an axis that steps over the one inside it as a whole becomes one with it.
        Span<int> lengths = stackalloc int[shape.Length + 1], steps = stackalloc int[shape.Length + 1];
        (lengths[0], steps[0]) = (1, 1);
        int rank = 0;
        for (int axis = shape.Length - 1; axis >= 0; axis--)
        {
            if (shape[axis] == 1)
            {
                continue;
            }

            if (rank > 0 && strides[axis] == steps[rank - 1] * lengths[rank - 1])
            {
                lengths[rank - 1] *= shape[axis];
                continue;
            }

            (lengths[rank], steps[rank]) = (shape[axis], strides[axis]);
            rank++;
        }

        int lines = steps[0] is 0 or 1 ? 0 : steps[..rank].IndexOf(1);
        if (lines > 0)
        {
            Transpose(source, offset, result, lengths[..rank], steps[..rank], lines);
        }
        else
        {
            Rows(source, offset, result, lengths[..Math.Max(rank, 1)], steps[..Math.Max(rank, 1)]);
        }
    }

    /// <summary>Reads row by row; the first of the axes is the innermost.</summary>
    private static void Rows<T>(ReadOnlySpan<T> source, int offset, Span<T> result, ReadOnlySpan<int> lengths, ReadOnlySpan<int> steps)
    {
        int inner = lengths[0], step = steps[0];
        Span<int> index = stackalloc int[lengths.Length];
        index.Clear();
        for (int row = 0; row < result.Length; row += inner)
        {
            Span<T> y = result.Slice(row, inner);
            if (step == 1)
            {
                source.Slice(offset, inner).CopyTo(y);
            }
            else if (step == 0)
            {
                y.Fill(source[offset]);
            }
            else
            {
                for (int i = 0, from = offset; i < y.Length; i++, from += step)
                {
                    y[i] = source[from];
                }
            }

            for (int axis = 1; axis < lengths.Length; axis++)
            {
                offset += steps[axis];
                if (++index[axis] < lengths[axis])
                {
                    break;
                }

                index[axis] = 0;
                offset -= steps[axis] * lengths[axis];
            }
        }
    }

    /// <summary>
    /// Reads in tiles over the innermost axis and the one that is contiguous in the source, so that neither side leaves the cache between uses.
    /// </summary>
    private static void Transpose<T>(ReadOnlySpan<T> source, int offset, Span<T> result, ReadOnlySpan<int> lengths, ReadOnlySpan<int> steps, int lines)
    {
        const int tile = 16;
        int inner = lengths[0], step = steps[0], count = lengths[lines];
        Span<int> targetSteps = stackalloc int[lengths.Length], index = stackalloc int[lengths.Length];
        index.Clear();
        for (int axis = 0, size = 1; axis < lengths.Length; size *= lengths[axis++])
        {
            targetSteps[axis] = size;
        }

        int target = 0, line = targetSteps[lines];
        for (int planes = result.Length / (inner * count); planes > 0; planes--)
        {
            for (int first = 0; first < count; first += tile)
            {
                int last = Math.Min(first + tile, count);
                for (int start = 0; start < inner; start += tile)
                {
                    int length = Math.Min(tile, inner - start);
                    for (int i = first; i < last; i++)
                    {
                        Span<T> y = result.Slice(target + (i * line) + start, length);
                        int from = offset + i + (start * step);
                        for (int j = 0; j < y.Length; j++, from += step)
                        {
                            y[j] = source[from];
                        }
                    }
                }
            }

            for (int axis = 1; axis < lengths.Length; axis++)
            {
                if (axis == lines)
                {
                    continue;
                }

                offset += steps[axis];
                target += targetSteps[axis];
                if (++index[axis] < lengths[axis])
                {
                    break;
                }

                index[axis] = 0;
                offset -= steps[axis] * lengths[axis];
                target -= targetSteps[axis] * lengths[axis];
            }
        }
    }

    private static void Write<T>(Span<T> target, int offset, ReadOnlySpan<int> strides, ReadOnlySpan<int> shape, ReadOnlySpan<T> values)
    {
        if (values.Length == 0)
        {
            return;
        }

        if (shape.Length == 0)
        {
            target[offset] = values[0];
            return;
        }

        int inner = shape[^1], step = strides[^1];
        Span<int> index = stackalloc int[shape.Length];
        index.Clear();
        for (int row = 0; row < values.Length; row += inner)
        {
            ReadOnlySpan<T> x = values.Slice(row, inner);
            if (step == 1)
            {
                x.CopyTo(target.Slice(offset, inner));
            }
            else
            {
                for (int i = 0, at = offset; i < x.Length; i++, at += step)
                {
                    target[at] = x[i];
                }
            }

            offset = Next(index, strides, shape, offset);
        }
    }

    /// <summary>Advances the index of all axes but the last, and the offset with it.</summary>
    private static int Next(Span<int> index, ReadOnlySpan<int> strides, ReadOnlySpan<int> shape, int offset)
    {
        for (int axis = index.Length - 2; axis >= 0; axis--)
        {
            offset += strides[axis];
            if (++index[axis] < shape[axis])
            {
                return offset;
            }

            index[axis] = 0;
            offset -= strides[axis] * shape[axis];
        }

        return offset;
    }
}
