namespace ProbNet.Autodiff;

/// <summary>Copies between a row-major array and a strided view of another: all that slices, transposes and broadcasts need.</summary>
internal static class Strided
{
    /// <summary>The row-major strides of a shape.</summary>
    public static int[] StridesOf(Shape shape)
    {
        int[] strides = new int[shape.Rank];
        int stride = 1;
        for (int i = strides.Length - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= shape[i];
        }

        return strides;
    }

    /// <summary>A new row-major array of the elements that the strides visit.</summary>
    public static Array Read(Array source, int offset, ReadOnlySpan<int> strides, Shape shape)
    {
        switch (source)
        {
            case float[] x: return Read(x, offset, strides, shape);
            case double[] x: return Read(x, offset, strides, shape);
            case int[] x: return Read(x, offset, strides, shape);
            case long[] x: return Read(x, offset, strides, shape);
            default: return Read((bool[])source, offset, strides, shape);
        }
    }

    /// <summary>Writes row-major values to the places that the strides visit.</summary>
    public static void Write(Array target, int offset, ReadOnlySpan<int> strides, Shape shape, Array values)
    {
        switch (target)
        {
            case float[] y: Write(y, offset, strides, shape, (float[])values); break;
            case double[] y: Write(y, offset, strides, shape, (double[])values); break;
            case int[] y: Write(y, offset, strides, shape, (int[])values); break;
            case long[] y: Write(y, offset, strides, shape, (long[])values); break;
            default: Write((bool[])target, offset, strides, shape, (bool[])values); break;
        }
    }

    private static T[] Read<T>(T[] source, int offset, ReadOnlySpan<int> strides, Shape shape)
    {
        T[] result = GC.AllocateUninitializedArray<T>(shape.Size);
        if (result.Length == 0)
        {
            return result;
        }

        if (shape.Rank == 0)
        {
            result[0] = source[offset];
            return result;
        }

        int inner = shape[-1], step = strides[^1];
        int[] index = new int[shape.Rank];
        for (int row = 0; row < result.Length; row += inner)
        {
            Span<T> y = result.AsSpan(row, inner);
            if (step == 1)
            {
                source.AsSpan(offset, inner).CopyTo(y);
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

            offset = Next(index, strides, shape, offset);
        }

        return result;
    }

    private static void Write<T>(T[] target, int offset, ReadOnlySpan<int> strides, Shape shape, T[] values)
    {
        if (values.Length == 0)
        {
            return;
        }

        if (shape.Rank == 0)
        {
            target[offset] = values[0];
            return;
        }

        int inner = shape[-1], step = strides[^1];
        int[] index = new int[shape.Rank];
        for (int row = 0; row < values.Length; row += inner)
        {
            ReadOnlySpan<T> x = values.AsSpan(row, inner);
            if (step == 1)
            {
                x.CopyTo(target.AsSpan(offset, inner));
            }
            else
            {
                for (int i = 0, to = offset; i < x.Length; i++, to += step)
                {
                    target[to] = x[i];
                }
            }

            offset = Next(index, strides, shape, offset);
        }
    }

    /// <summary>Advances the index of all axes but the last, and the offset with it.</summary>
    private static int Next(int[] index, ReadOnlySpan<int> strides, Shape shape, int offset)
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
