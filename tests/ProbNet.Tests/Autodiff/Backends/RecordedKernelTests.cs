using System.Reflection;
using System.Runtime.InteropServices;
using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>Programs for devices against the loops of the processor that run the same source.</summary>
public unsafe class RecordedKernelTests
{
    private const int Draws = 6_000;

    // Functions of one double at a time, without a vector form; those of the distributions are on the page of devices only.
    private static readonly string[] s_onHost =
    [
        "Atan2", "BesselI0", "BesselI0e", "BesselI1", "BesselI1e", "BesselIRatio", "BesselIe", "BesselJ0", "BesselJ1", "BesselK0", "BesselK0e", "BesselK1", "BesselK1e",
        "BetaRegularized", "BetaRegularizedInverse", "BetaShape", "Cbrt", "Dawson", "ErfInv", "ErfcInv", "Erfcx", "ExpDifference", "ExpIntegralE1", "GammaP",
        "GammaPInverse", "GammaPShape", "GammaQ", "LambertW", "Log10", "LogBesselI", "LogBeta", "LogMultivariateGamma",
        "NormalLogCdf", "NormalLogCdfCurvature", "NormalLogCdfSlope",
        "NormalQuantile", "OwensT", "Polygamma", "Remainder", "Sinc", "Zeta",
    ];

    [Fact]
    public void Of_EveryElementwiseOperation_HasAProgramOrIsListed()
    {
        string[] onHost = [.. Operations()
            .Where(part => part.Op.GetType().Assembly == typeof(Op).Assembly && RecordedKernel.Of(part.Op, part.Types) is null)
            .Select(part => part.Op.GetType().Name).Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(s_onHost, onHost);
    }

    [Fact]
    public void Of_EveryElementwiseOperation_GivesTheBitsOfItsLoop()
    {
        var failures = new List<string>();
        foreach ((Op op, DType[] types) in Operations())
        {
            if (RecordedKernel.Of(op, types) is { } program)
            {
                long[][] inputs = Inputs(op, types);
                long[] expected = Expected(op, types, inputs, program.OutputTypes[0]);
                if (Difference(program, inputs, expected) is { } difference)
                {
                    failures.Add($"{op}({string.Join(", ", types)}): {difference}");
                }
            }
        }

        Assert.True(failures.Count == 0, string.Join(Environment.NewLine, failures));
    }

    [Theory]
    [InlineData(DType.Int32)]
    [InlineData(DType.Int64)]
    public void Of_IntegersThatTheProcessorRefuses_GivesAValueWithoutAnException(DType type)
    {
        long least = type == DType.Int32 ? 0x80000000L : long.MinValue;
        Assert.Equal(least, Result(RecordedKernel.Of(Abs.Instance, [type])!, least));
        Assert.Equal(0, Result(RecordedKernel.Of(Remainder.Instance, [type, type])!, 7, 0));
    }

    [Theory]
    [InlineData(-0.3)]
    [InlineData(-0.5)]
    [InlineData(-1.5)]
    [InlineData(-2.457024738220801)]
    [InlineData(-3.7)]
    [InlineData(-20.25)]
    [InlineData(-170.6)]
    [InlineData(-1234.56)]
    [InlineData(1e-301)]
    [InlineData(-1e-301)]
    [InlineData(5e-324)]
    [InlineData(0)]
    [InlineData(-0.0)]
    [InlineData(-3)]
    [InlineData(-1e300)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.NaN)]
    public void Of_GammaFunctionsAwayFromPositiveNumbers_AreTheScalarOnes(double x)
    {
        // Beside the roots of negative arguments both are sums of terms that cancel, so the error scales with the terms.
        double scale = Math.Max(1, Math.Abs(x)), tolerance = 2e-15 * scale * Math.Max(1, Math.Log(scale));
        AssertClose(Special.LogGamma(x), Evaluate(LogGamma.Instance, x), tolerance);
        AssertClose(Special.Digamma(x), Evaluate(Digamma.Instance, x), tolerance);
    }

    [Fact]
    public void RandomMap_OfEveryMap_GivesTheBitsOfTheFill()
    {
        Compare<RandomMaps.Uniform>(RandomFill.Uniform, RandomFill.Uniform);
        Compare<RandomMaps.UniformOpen>(RandomFill.UniformOpen, RandomFill.UniformOpen);
        Compare<RandomMaps.Normal>(RandomFill.Normal, RandomFill.Normal);
        Compare<RandomMaps.Exponential>(RandomFill.Exponential, RandomFill.Exponential);
        Compare<RandomMaps.Gumbel>(RandomFill.Gumbel, RandomFill.Gumbel);
    }

    [Fact]
    public void Append_OfTwoPrograms_IsTheirComposition()
    {
        KernelProgram exp = RecordedKernel.Of(Exp.Instance, [DType.Float64])!, add = RecordedKernel.Of(Add.Instance, [DType.Float64, DType.Float64])!;
        var builder = new ProgramBuilder();
        int a = builder.Input(0, DType.Float64), b = builder.Input(1, DType.Float64);
        int first = builder.Append(exp, [a])[0], again = builder.Append(exp, [a])[0];
        KernelProgram both = builder.Build(builder.Append(add, [first, b])[0], first);
        Assert.Equal(first, again);
        Assert.Equal(exp.Instructions.Length + 2, both.Instructions.Length);
        Span<long> results = stackalloc long[2];
        KernelInterpreter.Run(both, [BitConverter.DoubleToInt64Bits(1.25), BitConverter.DoubleToInt64Bits(3)], [], [], results);
        double y = Evaluate(Exp.Instance, 1.25);
        Assert.Equal((y + 3, y), (BitConverter.Int64BitsToDouble(results[0]), BitConverter.Int64BitsToDouble(results[1])));
    }

    [Fact]
    public void Build_InstructionsThatNoOutputNeeds_AreLeftOut()
    {
        var builder = new ProgramBuilder();
        int a = builder.Input(0, DType.Float32), b = builder.Input(1, DType.Float32);
        builder.Emit(KernelOp.Multiply, a, b);
        KernelProgram program = builder.Build(builder.Emit(KernelOp.Negate, b));
        Assert.Equal([new KernelInstruction(KernelOp.Input, DType.Float32, 1), new KernelInstruction(KernelOp.Negate, DType.Float32, 0)], program.Instructions.AsEnumerable());
        Assert.Equal([DType.Float32, DType.Float32], program.Inputs.AsEnumerable());
        Assert.Equal([1], program.Outputs.AsEnumerable());
    }

    private delegate void Fill<T>(RandomKey key, Span<T> destination, long offset = 0);

    private static void Compare<K>(Fill<float> single, Fill<double> @double) where K : struct, IUnaryKernel
    {
        KernelProgram singles = RecordedKernel.RandomMap<K, float>(), doubles = RecordedKernel.RandomMap<K, double>();
        var key = RandomKey.FromSeed(20240601);
        var words = new uint[2 * Draws];
        RandomFill.Bits(key, words);
        var floats = new float[Draws];
        var wide = new double[Draws];
        single(key, floats);
        @double(key, wide);
        for (int i = 0; i < Draws; i++)
        {
            Assert.Equal(KernelInterpreter.Bits(floats[i]), Result(singles, words[i]));
            Assert.Equal(KernelInterpreter.Bits(wide[i]), Result(doubles, (long)(words[2 * i] | ((ulong)words[(2 * i) + 1] << 32))));
        }
    }

    private static IEnumerable<(Op Op, DType[] Types)> Operations()
    {
        var seen = new HashSet<string>();
        foreach ((string _, Op op, Tensor[] inputs) in OpEvaluationCases.Operations(DType.Float64).Concat(OpEvaluationCases.Operations(DType.Float32)))
        {
            DType[] types = [.. inputs.Select(x => x.DType)];
            if (op.Block(types) is not null && seen.Add($"{op}({string.Join(", ", types)})"))
            {
                yield return (op, types);
            }
        }
    }

    private static double Evaluate(Op op, double x) =>
        BitConverter.Int64BitsToDouble(Result(RecordedKernel.Of(op, [DType.Float64])!, BitConverter.DoubleToInt64Bits(x)));

    private static long Result(KernelProgram program, params ReadOnlySpan<long> inputs)
    {
        Span<long> result = stackalloc long[1];
        KernelInterpreter.Run(program, inputs, [], [], result);
        return result[0];
    }

    private static void AssertClose(double expected, double actual, double tolerance)
    {
        if (double.IsFinite(expected))
        {
            Assert.InRange(actual, expected - tolerance - Math.Abs(expected * tolerance), expected + tolerance + Math.Abs(expected * tolerance));
        }
        else
        {
            Assert.Equal(expected, actual);
        }
    }

    /// <summary>Every combination of special values, then values of all magnitudes and values around 0.</summary>
    private static long[][] Inputs(Op op, DType[] types)
    {
        var random = new Random(7);
        long[][] special = [.. types.Select((type, k) => Corners(type, types.Length).Where(bits => IsAllowed(op, type, k, bits)).ToArray())];
        int combinations = special.Aggregate(1, (count, values) => count * values.Length);
        var inputs = new long[types.Length][];
        int step = 1;
        for (int k = 0; k < types.Length; k++)
        {
            inputs[k] = new long[combinations + Draws];
            for (int i = 0; i < combinations; i++)
            {
                inputs[k][i] = special[k][i / step % special[k].Length];
            }

            for (int i = combinations; i < inputs[k].Length; i++)
            {
                do
                {
                    inputs[k][i] = Draw(types[k], i % 2 == 0, random);
                }
                while (!IsAllowed(op, types[k], k, inputs[k][i]));
            }

            step *= special[k].Length;
        }

        return inputs;
    }

    private static bool IsAllowed(Op op, DType type, int operand, long bits) => (op, type) switch
    {
        (Remainder, _) => operand == 0 || bits != 0,
        (Abs, DType.Int32) => (int)bits != int.MinValue,
        (Abs, DType.Int64) => bits != long.MinValue,

        // The other arguments come from scalar functions on the processor; they have a test of their own.
        (LogGamma or Digamma, DType.Float32) => KernelInterpreter.Value<float>(bits) is > 0 and < float.PositiveInfinity,
        (LogGamma or Digamma, _) => KernelInterpreter.Value<double>(bits) is > 1e-300 and < double.PositiveInfinity,
        _ => true,
    };

    private static long[] Corners(DType type, int operands)
    {
        double[] numbers =
        [
            0, -0.0, 1, -1, 0.5, -2.5, double.PositiveInfinity, double.NegativeInfinity, double.NaN, 3, 1e-40, 1e30, -0.7,
            -0.5, 1.5, 2.5, 1e-10, -1e-10, 88.9, -103.5, 127.5, 709.5, -745.2, 0.41421357, 2.41421357, 4.6, 20.5, 30_001, -1e7, 1e9, -1e-310, 1e300, 0.9999999, 8388607.5,
        ];
        numbers = operands == 3 ? numbers[..13] : numbers;
        return type switch
        {
            DType.Float32 => [.. numbers.Select(x => KernelInterpreter.Bits((float)x)), KernelInterpreter.Bits(float.Epsilon), KernelInterpreter.Bits(float.MaxValue)],
            DType.Float64 => [.. numbers.Select(KernelInterpreter.Bits), KernelInterpreter.Bits(double.Epsilon), KernelInterpreter.Bits(double.MaxValue)],
            DType.Int32 => [.. new[] { 0, 1, -1, 2, -7, int.MaxValue, int.MinValue, 16_777_217 }.Select(KernelInterpreter.Bits)],
            DType.Int64 => [0, 1, -1, 2, -7, long.MaxValue, long.MinValue, (1L << 53) + 1, int.MaxValue + 1L],
            _ => [0, 1],
        };
    }

    private static long Draw(DType type, bool anyBits, Random random)
    {
        double x = 3 * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return type switch
        {
            DType.Float32 => anyBits ? (uint)random.NextInt64() : KernelInterpreter.Bits((float)x),
            DType.Float64 => anyBits ? random.NextInt64(long.MinValue, long.MaxValue) : KernelInterpreter.Bits(x),
            DType.Int32 => KernelInterpreter.Bits(anyBits ? (int)random.NextInt64() : random.Next(-20, 20)),
            DType.Int64 => anyBits ? random.NextInt64(long.MinValue, long.MaxValue) : random.Next(-20, 20),
            _ => random.Next(2),
        };
    }

    /// <summary>The results of the processor; of floats those of its narrowest registers, where no function takes tables instead.</summary>
    private static long[] Expected(Op op, DType[] types, long[][] inputs, DType resultType)
    {
        BlockKernel block = op.Block(types)!;
        int count = inputs[0].Length;
        byte[][] data = [.. inputs.Select((values, k) => Pack(values, types[k])), .. Enumerable.Repeat(new byte[8], 3 - inputs.Length)];
        var result = new byte[count * resultType.ByteSize()];
        fixed (byte* a = data[0], b = data[1], c = data[2], y = result)
        {
            if (!RunNarrow(block, data, result))
            {
                block.Run(a, b, c, y, count, 0);
            }
        }

        return Unpack(result, resultType);
    }

    private static bool RunNarrow(BlockKernel block, byte[][] data, byte[] result)
    {
        Type type = block.GetType();
        if (type.GenericTypeArguments is not [Type kernel, Type element] || element != typeof(float))
        {
            return false;
        }

        string? method = type.Name.Split('`')[0] switch
        {
            "UnaryBlock" => nameof(Unary),
            "BinaryBlock" => nameof(Binary),
            "TernaryBlock" => nameof(Ternary),
            "BoundBinaryBlock" => nameof(Binary),
            "BoundTernaryBlock" => nameof(Ternary),
            _ => null,
        };
        if (method is null)
        {
            return false;
        }

        float[] Operand(int k)
        {
            FieldInfo? bound = type.GetField(k == 1 ? "_b" : "_c", BindingFlags.NonPublic | BindingFlags.Instance);
            return k > 0 && bound is not null
                ? [.. Enumerable.Repeat((float)bound.GetValue(block)!, result.Length / sizeof(float))]
                : MemoryMarshal.Cast<byte, float>(data[k]).ToArray();
        }

        var y = (float[])typeof(RecordedKernelTests).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(kernel).Invoke(null, [Operand(0), Operand(1), Operand(2)])!;
        Buffer.BlockCopy(y, 0, result, 0, result.Length);
        return true;
    }

    private static float[] Unary<K>(float[] a, float[] b, float[] c) where K : struct, IUnaryKernel
    {
        var y = new float[a.Length];
        ElementwiseLoop.Unary<K, float, Lanes128<float>>(a, y);
        return y;
    }

    private static float[] Binary<K>(float[] a, float[] b, float[] c) where K : struct, IBinaryKernel
    {
        var y = new float[a.Length];
        ElementwiseLoop.Binary<K, float, Lanes128<float>>(a, b, y);
        return y;
    }

    private static float[] Ternary<K>(float[] a, float[] b, float[] c) where K : struct, ITernaryKernel
    {
        var y = new float[a.Length];
        ElementwiseLoop.Ternary<K, float, Lanes128<float>>(a, b, c, y);
        return y;
    }

    private static byte[] Pack(long[] values, DType type)
    {
        int size = type.ByteSize();
        var bytes = new byte[values.Length * size];
        for (int i = 0; i < values.Length; i++)
        {
            MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in values[i]))[..size].CopyTo(bytes.AsSpan(i * size));
        }

        return bytes;
    }

    private static long[] Unpack(byte[] bytes, DType type)
    {
        int size = type.ByteSize();
        var values = new long[bytes.Length / size];
        for (int i = 0; i < values.Length; i++)
        {
            bytes.AsSpan(i * size, size).CopyTo(MemoryMarshal.AsBytes(new Span<long>(ref values[i])));
        }

        return values;
    }

    private static string? Difference(KernelProgram program, long[][] inputs, long[] expected)
    {
        DType type = program.OutputTypes[0];
        var operands = new long[inputs.Length];
        for (int i = 0; i < expected.Length; i++)
        {
            for (int k = 0; k < operands.Length; k++)
            {
                operands[k] = inputs[k][i];
            }

            long actual = Result(program, operands);
            if (actual != expected[i] && !(IsNaN(type, actual) && IsNaN(type, expected[i])))
            {
                string arguments = string.Join(", ", operands.Select((bits, k) => Show(program.Inputs[k], bits)));
                return $"({arguments}) gives {Show(type, actual)}, the processor {Show(type, expected[i])}; the first of {expected.Length - i} at {i}";
            }
        }

        return null;
    }

    private static bool IsNaN(DType type, long bits) =>
        type == DType.Float32 ? float.IsNaN(KernelInterpreter.Value<float>(bits)) : type == DType.Float64 && double.IsNaN(KernelInterpreter.Value<double>(bits));

    private static string Show(DType type, long bits) => type switch
    {
        DType.Float32 => FormattableString.Invariant($"{KernelInterpreter.Value<float>(bits):R}"),
        DType.Float64 => FormattableString.Invariant($"{KernelInterpreter.Value<double>(bits):R}"),
        DType.Int32 => FormattableString.Invariant($"{(int)bits}"),
        _ => FormattableString.Invariant($"{bits}"),
    };
}
