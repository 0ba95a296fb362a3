using System.Globalization;
using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>Index tensors turned into positions: negative ones count from the end, others outside of the axis are refused by name.</summary>
internal static class Indices
{
    /// <summary>Refuses an index that is not an integer tensor.</summary>
    public static void Require(Tensor index, string op)
    {
        if (!index.DType.IsInteger())
        {
            throw new DTypeException($"{op}: the index is {index.DType} {index.Shape}; Int64 or Int32 is needed.");
        }
    }

    /// <summary>The positions along an axis, each in 0 … length − 1.</summary>
    public static int[] Resolve(Tensor index, Shape shape, int axis, string op) =>
        index.RawData is long[] wide ? Resolve(wide, index.Shape, shape, axis, op) : Resolve(index.Data<int>(), index.Shape, shape, axis, op);

    /// <summary>For each element of an index as long as the tensor in the other axes, or shorter, where in the tensor's data it points.</summary>
    public static int[] Offsets(Tensor index, Shape shape, int axis, string op)
    {
        int[] offsets = Resolve(index, shape, axis, op), strides = Strided.StridesOf(shape), position = new int[shape.Rank];
        int at = shape.Rank + axis, along = strides[at], start = 0;
        strides[at] = 0;
        for (int i = 0; i < offsets.Length; i++)
        {
            offsets[i] = start + (offsets[i] * along);
            for (int k = position.Length - 1; k >= 0; k--)
            {
                start += strides[k];
                if (++position[k] < index.Shape[k])
                {
                    break;
                }

                start -= strides[k] * position[k];
                position[k] = 0;
            }
        }

        return offsets;
    }

    /// <summary>Refuses an index that is not as long as the tensor in the axes other than <paramref name="axis"/>, or shorter.</summary>
    public static void RequireFits(Tensor index, Shape shape, int axis, string op)
    {
        Require(index, op);
        bool fits = index.Rank == shape.Rank;
        for (int i = 0; fits && i < shape.Rank; i++)
        {
            fits = i == shape.Rank + axis || index.Shape[i] <= shape[i];
        }

        if (!fits)
        {
            throw new ShapeException(
                $"{op}: the index {index.Shape} must have as many axes as the tensor {shape}, and not be longer in any but axis {axis}.");
        }
    }

    private static int[] Resolve<T>(T[] index, Shape indexShape, Shape shape, int axis, string op) where T : unmanaged, IBinaryInteger<T>
    {
        int length = shape[axis];
        int[] positions = GC.AllocateUninitializedArray<int>(index.Length);
        for (int i = 0; i < positions.Length; i++)
        {
            long value = long.CreateTruncating(index[i]), position = value < 0 ? value + length : value;
            if ((ulong)position >= (ulong)length)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(index),
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{op}: index{Place(i, indexShape)} = {value} is outside of axis {axis} of shape {shape}, which has {length} elements; -{length} to {length - 1} exist."));
            }

            positions[i] = (int)position;
        }

        return positions;
    }

    private static string Place(int offset, Shape shape)
    {
        int[] place = new int[shape.Rank];
        for (int i = place.Length - 1; i >= 0; i--)
        {
            place[i] = offset % shape[i];
            offset /= shape[i];
        }

        return place.Length == 0 ? "" : $"[{string.Join(", ", place)}]";
    }
}
