using System.Collections.Immutable;
using ProbNet.Autodiff;

namespace ProbNet.BackendContract;

public abstract partial class BackendContractTests
{
    private static readonly int[] s_lengths = [1, 2, 3, 17, 64, 65, 257, 1000];

    private static readonly HostBackend s_reference = new();

    /// <summary>Programs over spaces of every rank, with strides that repeat, reverse and skip, offsets, numbers, and outputs of several types.</summary>
    [ContractFact]
    public void MapKernel_AnySpaceAndViews_IsThePlainLoop()
    {
        ImmutableArray<int>[] spaces = [[1], [3], [65], [1000], [3, 17], [17, 3], [2, 1, 5], [2, 3, 4, 5], [1, 2, 1, 3, 2, 1, 2, 2], [0], [4, 0]];
        foreach (ImmutableArray<int> lengths in spaces)
        {
            var builder = new ProgramBuilder();
            int a = builder.Input(0, DType.Float32), b = builder.Input(1, DType.Float32), number = builder.Number(0, DType.Float32);
            int sum = builder.Emit(KernelOp.MultiplyAdd, DType.Float32, a, number, b);
            int place = builder.Convert(builder.Index(lengths.Length - 1, DType.Int32), DType.Float32);
            KernelProgram program = builder.Build(
                builder.Emit(KernelOp.Add, sum, place), builder.Ask(KernelOp.Less, a, b),
                builder.Convert(builder.Emit(KernelOp.Multiply, a, builder.Constant(100, DType.Float32)), DType.Int32));
            View rowMajor = Dense(lengths);
            int size = Size(lengths), last = lengths[^1];

            // The second input is one row, reversed, from an offset on; the results start at an offset, and the first is written in reverse.
            var row = new View(Math.Max(last, 1) + 1, [.. Enumerable.Repeat(0, lengths.Length - 1), -1]);
            var reversed = new View(5 + Math.Max(size - 1, 0), [.. rowMajor.Strides.Select(stride => -stride)]);
            CheckKernel(
                new MapKernel("map", program, lengths, [rowMajor, row], [reversed, rowMajor, rowMajor with { Offset = 2 }]),
                [Numbers(size, 1), Numbers(last + 3, 2)], [DType.Float32, DType.Bool, DType.Int32], [size + 5, size, size + 2], [1.75]);
        }

        Compare();
    }

    /// <summary>Every instruction of programs, on numbers of every kind, in every type that has it.</summary>
    [ContractFact]
    public void MapKernel_EveryInstruction_IsThePlainLoop()
    {
        foreach (DType type in FloatingTypes)
        {
            // −2^−126 and its neighbours are left out: subnormal numbers may be flushed.
            double[] special =
            [
                0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 3, 1e-3, 1e30, -1e30, 1e-30, 16777216, -7.25, double.NaN, double.PositiveInfinity, double.NegativeInfinity,
                1e6 + 0.5,
            ];
            CheckInstructions(
                type,
                [
                    KernelOp.Add, KernelOp.Subtract, KernelOp.Multiply, KernelOp.Divide, KernelOp.MultiplyAdd, KernelOp.Negate, KernelOp.Abs, KernelOp.Min, KernelOp.Max,
                    KernelOp.Sqrt, KernelOp.Floor, KernelOp.Ceiling, KernelOp.Round, KernelOp.Truncate, KernelOp.CopySign, KernelOp.Equal, KernelOp.Less, KernelOp.LessOrEqual,
                    KernelOp.IsNaN, KernelOp.Select,
                ],
                special);
            CheckInstructions(type, [KernelOp.Sin, KernelOp.Cos, KernelOp.Tan], [.. special, 100, 12345.678, 3.14159265, 1.5707963], tolerance: true);
            CheckInstructions(type, [KernelOp.ScaleByPowerOfTwo], [1, -1.5, 3, 10, -10, 40, -40, 0]);
        }

        foreach (DType type in new[] { DType.Int32, DType.Int64 })
        {
            double extreme = type == DType.Int32 ? int.MinValue : long.MinValue;
            CheckInstructions(
                type,
                [
                    KernelOp.Add, KernelOp.Subtract, KernelOp.Multiply, KernelOp.Divide, KernelOp.Remainder, KernelOp.Negate, KernelOp.Abs, KernelOp.Min, KernelOp.Max,
                    KernelOp.And, KernelOp.Or, KernelOp.Xor, KernelOp.Not, KernelOp.ShiftLeft, KernelOp.ShiftRight,
                    KernelOp.Equal, KernelOp.Less, KernelOp.LessOrEqual, KernelOp.Select,
                ],
                [0, 1, -1, 2, -2, 7, -7, 100, 65537, -65537, 2147483647, extreme]);
        }

        CheckInstructions(DType.Bool, [KernelOp.And, KernelOp.Or, KernelOp.Xor, KernelOp.Not, KernelOp.Select], [0, 1]);

        Compare();
    }

    /// <summary>Conversions between all types, saturating, toward zero; and the bits of one type as another.</summary>
    [ContractFact]
    public void MapKernel_EveryConversion_IsThePlainLoop()
    {
        DType[] types = [.. FloatingTypes, DType.Int32, DType.Int64, DType.Bool];
        double[] values = [0, -0.0, 1, -1, 0.75, -0.75, 2.5, 1e9, -1e9, 3e9, -3e9, 1e19, -1e19, 16777217, double.NaN, double.PositiveInfinity, double.NegativeInfinity];
        foreach (DType from in types)
        {
            foreach (DType to in types)
            {
                var builder = new ProgramBuilder();
                int x = builder.Input(0, from);
                KernelProgram program = from != to && from.ByteSize() == to.ByteSize()
                    ? builder.Build(builder.Convert(x, to), builder.Reinterpret(x, to))
                    : builder.Build(builder.Convert(x, to));
                View line = Dense([values.Length]);
                CheckKernel(
                    new MapKernel("convert", program, [values.Length], [line], [.. program.Outputs.Select(_ => line)]),
                    [Numbers(values, from)], [.. program.OutputTypes], [.. program.Outputs.Select(_ => values.Length)]);
            }
        }

        Compare();
    }

    /// <summary>Every reduction over first, middle, last and all axes of awkward lengths.</summary>
    [ContractFact]
    public void ReduceKernel_EveryKindAndAxis_IsThePlainLoop()
    {
        foreach (Reduction kind in Enum.GetValues<Reduction>())
        {
            foreach (DType type in TypesOf(kind))
            {
                // Every length in one type; a few in the others, for each is a kernel of its own.
                foreach (int length in type == TypesOf(kind).First() ? s_lengths : [3, 257])
                {
                    CheckReduce(kind, type, [length], 0, 1);
                    CheckReduce(kind, type, [3, length], 1, 1);
                    CheckReduce(kind, type, [length, 5], 0, 1);
                }
            }

            DType first = TypesOf(kind).First();
            CheckReduce(kind, first, [2, 33, 3], 1, 1);
            CheckReduce(kind, first, [2, 3, 4, 5], 1, 2);
            CheckReduce(kind, first, [300, 40], 0, 2);
            if (kind is not (Reduction.ArgMin or Reduction.ArgMax or Reduction.Min or Reduction.Max))
            {
                CheckReduce(kind, first, [4, 0], 1, 1);
            }
        }

        Compare();
    }

    /// <summary>Reductions with a program in front that writes, several at once, and a program behind with inputs of its own.</summary>
    [ContractFact]
    public void ReduceKernel_WithProducerWrittenAndFinisher_IsThePlainLoop()
    {
        foreach (ImmutableArray<int> lengths in new ImmutableArray<int>[] { [5, 7], [1, 1000], [65, 3], [17, 64] })
        {
            var before = new ProgramBuilder();
            int x = before.Input(0, DType.Float32), row = before.Input(1, DType.Float32);
            int product = before.Emit(KernelOp.Multiply, x, row);
            KernelProgram program = before.Build(product, x, before.Emit(KernelOp.Negate, product));
            var after = new ProgramBuilder();
            int sum = after.Input(0, DType.Float32), most = after.Input(1, DType.Float32), offset = after.Input(2, DType.Float32);
            int scaled = after.Emit(KernelOp.Multiply, sum, after.Number(0, DType.Float32));
            KernelProgram finish = after.Build(after.Emit(KernelOp.Add, scaled, offset), after.Emit(KernelOp.Subtract, most, offset));
            var kernel = new ReduceKernel(
                "reduce", program, lengths, 1, 1, [Dense(lengths), new View(0, [0, 1])], [Reduction.Sum, Reduction.Max], [Dense(lengths)], finish,
                [new View(lengths[0] - 1, [-1])], [new View(0, [1]), new View(3, [2])]);
            CheckKernel(
                kernel, [Numbers(Size(lengths), 1), Numbers(lengths[1], 2), Numbers(lengths[0], 3)], [DType.Float32, DType.Float32, DType.Float32],
                [Size(lengths), lengths[0], 3 + (2 * lengths[0])], [0.5], written: 1);
        }

        Compare();
    }

    /// <summary>Products of awkward sizes, batched, shared, transposed, with a program on the result.</summary>
    [ContractFact]
    public void MatrixProductKernel_AnySizes_IsThePlainLoop()
    {
        int next = 0;
        foreach (DType type in FloatingTypes)
        {
            foreach ((int batch, int m, int n, int k) in new[]
            {
                (1, 1, 1, 1), (1, 3, 5, 7), (1, 17, 65, 33), (1, 64, 64, 64), (1, 65, 63, 129), (1, 128, 1, 300), (1, 1, 200, 64),
                (3, 5, 4, 6), (2, 70, 66, 20), (1, 2, 3, 0), (1, 300, 2, 1),
            })
            {
                // Each size in one of the four layouts, the next size in the next.
                int layout = next++ % 4;
                var finish = new ProgramBuilder();
                int bias = finish.Emit(KernelOp.Add, finish.Input(0, type), finish.Input(1, type));
                KernelProgram program = finish.Build(finish.Emit(KernelOp.Max, bias, finish.Constant(0, type)), bias);
                View results = Dense([batch, m, n]);
                var kernel = new MatrixProductKernel(
                    "product", type, batch, m, n, k, (layout & 1) != 0, (layout & 2) != 0, m * k, layout == 0 ? k * n : 0, program, [new View(0, [0, 0, 1])], [results, results]);
                CheckKernel(
                    kernel, [Numbers(batch * m * k, 1, type), Numbers((layout == 0 ? batch : 1) * k * n, 2, type), Numbers(n, 3, type)],
                    [type, type], [batch * m * n, batch * m * n]);
            }
        }

        Compare();
    }

    /// <summary>Gathering and adding along an axis, with indices for lines and for elements; indices outside touch nothing.</summary>
    [ContractFact]
    public void GatherAndScatterAddKernels_AnyAxis_ArePlainLoops()
    {
        foreach (DType type in new[] { DType.Float32, DType.Int64, DType.Int32, DType.Bool }.Concat(FloatingTypes).Distinct())
        {
            foreach ((int outer, int length, int inner, int count) in new[] { (1, 5, 1, 9), (3, 4, 7, 6), (2, 65, 3, 130), (1, 3, 257, 2), (1, 1, 1, 1000) })
            {
                foreach (bool elementwise in new[] { false, true })
                {
                    // Both types of indices with one type of elements; with the others, for each is a kernel of its own, one for lines and one for elements.
                    foreach (DType indexType in type == DType.Float32 ? new[] { DType.Int32, DType.Int64 } : [elementwise ? DType.Int32 : DType.Int64])
                    {
                        int indices = elementwise ? outer * count * inner : count;
                        Tensor index = Tensor.From([.. Enumerable.Range(0, indices).Select(i => (long)((i * 7) + 3) % length)]).Cast(indexType);
                        Tensor x = Numbers(outer * length * inner, 1, type), s = Numbers(outer * count * inner, 2, type);
                        CheckKernel(new GatherKernel("gather", type, indexType, outer, length, inner, count, elementwise), [x, index], [type], [outer * count * inner]);
                        if (type != DType.Bool)
                        {
                            CheckKernel(
                                new ScatterAddKernel("scatter", type, indexType, outer, length, inner, count, elementwise), [x, index, s], [type], [outer * length * inner]);
                        }
                    }
                }
            }
        }

        Tensor outside = Tensor.From<long>([2, -1, 0, 3, long.MaxValue, 2]);
        CheckKernel(
            new ScatterAddKernel("scatter", DType.Float32, DType.Int64, 1, 3, 1, 6, false), [Numbers(3, 1), outside, Numbers(6, 2)], [DType.Float32], [3]);
        CheckLater(
            new GatherKernel("gather", DType.Float32, DType.Int64, 1, 3, 1, 6, false), [Numbers(3, 1), outside], [DType.Float32], [6], actual => Assert.Single(actual));

        Compare();
    }

    /// <summary>Running totals of every kind, both ways.</summary>
    [ContractFact]
    public void ScanKernel_AnyAxis_IsThePlainLoop()
    {
        foreach (Reduction kind in new[] { Reduction.Sum, Reduction.Product, Reduction.LogSumExp })
        {
            foreach (DType type in TypesOf(kind))
            {
                foreach ((int outer, int length, int inner) in new[] { (1, 1, 1), (1, 257, 1), (3, 17, 5), (40, 3, 1), (1, 2, 65) })
                {
                    foreach (bool reversed in new[] { false, true })
                    {
                        CheckKernel(
                            new ScanKernel("scan", kind, type, outer, length, inner, reversed), [Numbers(outer * length * inner, 1, type)], [type], [outer * length * inner]);
                    }
                }
            }
        }

        Compare();
    }

    /// <summary>Stable orders both ways, with ties and NaN.</summary>
    [ContractFact]
    public void SortKernel_TiesAndNaN_IsThePlainLoop()
    {
        foreach (DType type in FloatingTypes.Concat([DType.Int32, DType.Int64]))
        {
            // Every size in one type; in the others, for each is a kernel of its own, one.
            (int, int, int)[] sizes = type == DType.Float32 ? [(1, 1, 1), (1, 1000, 1), (3, 17, 5), (70, 3, 1), (2, 65, 2)] : [(3, 17, 5)];
            foreach ((int outer, int length, int inner) in sizes)
            {
                IEnumerable<int> places = Enumerable.Range(0, outer * length * inner);
                Tensor x = Tensor.From([.. places.Select(i => i % 11 == 3 && type.IsFloating() ? double.NaN : Math.Round(Math.Sin(i * 12.9898) * 4))]);
                foreach (bool descending in new[] { false, true })
                {
                    CheckKernel(new SortKernel("sort", type, outer, length, inner, descending), [x.Cast(type)], [DType.Int64], [outer * length * inner]);
                }
            }
        }

        Compare();
    }

    /// <summary>Draws have the bits of the processor's.</summary>
    [ContractFact]
    public void RandomKernel_EveryMap_HasTheProcessorsBits()
    {
        RandomKey key = RandomKey.FromSeed(11).FoldIn(5);
        foreach (int count in s_lengths)
        {
            CheckBits(key, RecordedKernel.RandomMap<RandomMaps.Uniform, float>(), key.Uniform([count]));
            CheckBits(key, RecordedKernel.RandomMap<RandomMaps.UniformOpen, float>(), key.UniformOpen([count]));
            CheckBits(key, RecordedKernel.RandomMap<RandomMaps.Normal, float>(), key.Normal([count]));
            CheckBits(key, RecordedKernel.RandomMap<RandomMaps.Exponential, float>(), key.Exponential([count]));
            CheckBits(key, RecordedKernel.RandomMap<RandomMaps.Gumbel, float>(), key.Gumbel([count]));
            if (Target.Info.HasFloat64)
            {
                CheckBits(key, RecordedKernel.RandomMap<RandomMaps.Uniform, double>(), key.Uniform([count], DType.Float64));
                CheckBits(key, RecordedKernel.RandomMap<RandomMaps.Normal, double>(), key.Normal([count], DType.Float64));
            }
        }

        Compare();
    }
}
