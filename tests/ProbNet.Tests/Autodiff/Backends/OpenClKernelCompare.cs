using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>Values for kernels and the comparison of what came out.</summary>
internal static class OpenClKernelCompare
{
    /// <summary>Values of a type: small numbers of both signs.</summary>
    public static long[] Values(DType type, int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => type switch
        {
            DType.Float32 or DType.Float64 => Bits((random.NextDouble() * 4) - 2, type),
            DType.Int32 or DType.Int64 => Bits(random.Next(-50, 50), type),
            _ => random.Next(2),
        })];
    }

    /// <summary>Equal bits for integers and booleans; for floating point a difference of so many roundings relative to a scale, NaN to NaN and infinities exactly.</summary>
    public static void Same(string what, DType type, long[] expected, long[] actual, double roundings = 0, double scale = 0)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            if (expected[i] == actual[i])
            {
                continue;
            }

            double x = Number(expected[i], type);
            double y = Number(actual[i], type);
            bool isNear = type.IsFloating() && ((double.IsNaN(x) && double.IsNaN(y))
                || Math.Abs(x - y) <= roundings * type.Epsilon() * Math.Max(Math.Abs(x), scale));
            Assert.True(isNear, FormattableString.Invariant($"{what}: element {i} is {y:R}, the reference has {x:R}."));
        }
    }

    /// <summary>The number with these bits.</summary>
    public static double Number(long bits, DType type) => type switch
    {
        DType.Float32 => KernelInterpreter.Value<float>(bits),
        DType.Float64 => KernelInterpreter.Value<double>(bits),
        DType.Int32 => (int)bits,
        _ => bits,
    };

    /// <summary>The bits of a number.</summary>
    public static long Bits(double value, DType type) => type switch
    {
        DType.Float32 => KernelInterpreter.Bits((float)value),
        DType.Float64 => KernelInterpreter.Bits(value),
        DType.Int32 => KernelInterpreter.Bits((int)value),
        DType.Int64 => (long)value,
        _ => value != 0 ? 1 : 0,
    };

    /// <summary>The bits of numbers.</summary>
    public static long[] Bits(DType type, params double[] values) => [.. values.Select(value => Bits(value, type))];

    /// <summary>The program that gives the result of one operation on its inputs.</summary>
    public static KernelProgram Program(KernelOp op, DType result, params DType[] inputs) => new(
        [.. inputs],
        [
            .. inputs.Select((type, i) => new KernelInstruction(KernelOp.Input, type, i)),
            new(op, result, inputs.Length > 0 ? 0 : -1, inputs.Length > 1 ? 1 : -1, inputs.Length > 2 ? 2 : -1),
        ],
        [inputs.Length]);

    /// <summary>The strides of a row-major array.</summary>
    public static View RowMajor(params int[] lengths)
    {
        var strides = new int[lengths.Length];
        int step = 1;
        for (int axis = lengths.Length - 1; axis >= 0; axis--)
        {
            strides[axis] = step;
            step *= lengths[axis];
        }

        return new(0, [.. strides]);
    }

    /// <summary>A view with these strides from an element on.</summary>
    public static View At(int offset, params int[] strides) => new(offset, [.. strides]);
}
