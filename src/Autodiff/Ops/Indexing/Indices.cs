using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

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
    /// <param name="index">The index.</param>
    /// <param name="length">The length of the axis.</param>
    /// <param name="what">The operation and the axis, for errors.</param>
    /// <param name="positions">As many as the index has elements.</param>
    public static void Resolve(Tensor index, int length, (string Op, int Axis, Shape? Shape) what, Span<int> positions)
    {
        if (index.RawData is long[] wide)
        {
            Resolve(wide, index.Shape, length, what, positions);
        }
        else
        {
            Resolve(index.Data<int>(), index.Shape, length, what, positions);
        }
    }

    /// <summary>Refuses positions outside of an axis.</summary>
    public static void Check(Tensor index, int length, (string Op, int Axis, Shape? Shape) what)
    {
        using var positions = new Scratch<int>(index.Size);
        Resolve(index, length, what, positions.Span);
    }

    /// <summary>The positions along an axis, each in 0 … length − 1, as kernels.</summary>
    /// <returns>The operand that holds them.</returns>
    public static int Lower(Lowering kernels, int index, int length)
    {
        TensorType type = kernels.TypeOf(index);
        int positions = kernels.Temporary(type);
        var program = new ProgramBuilder();
        int value = program.Input(0, type.DType), zero = program.Constant(0, type.DType);
        int wrapped = program.Emit(KernelOp.Add, type.DType, value, program.Constant(length, type.DType));
        int result = program.Emit(KernelOp.Select, type.DType, program.Emit(KernelOp.Less, DType.Bool, value, zero), wrapped, value);
        Layout layout = Layout.Of(type.Shape);
        kernels.Map(program.Build(result), type.Shape, [(index, layout)], [(positions, layout)]);
        return positions;
    }

    /// <summary>For each element of an index as long as the tensor in the other axes, or shorter, where in the tensor's data it points.</summary>
    public static void Offsets(Tensor index, Shape shape, int axis, string op, Span<int> offsets)
    {
        Resolve(index, shape[axis], (op, axis, shape), offsets);
        Span<int> strides = stackalloc int[shape.Rank], position = stackalloc int[shape.Rank];
        Strided.StridesOf(shape, strides);
        position.Clear();
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Resolve<T>(T[] index, Shape indexShape, int length, (string Op, int Axis, Shape? Shape) what, Span<int> positions)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (int i = 0; i < positions.Length; i++)
        {
            long value = long.CreateTruncating(index[i]), position = value < 0 ? value + length : value;
            if ((ulong)position >= (ulong)length)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(index),
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{what.Op}: index{Place(i, indexShape)} = {value} is outside of axis {what.Axis} of "
                        + $"{(what.Shape is { } shape ? $"shape {shape}" : "the result")}, which has {length} elements; -{length} to {length - 1} exist."));
            }

            positions[i] = (int)position;
        }
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
