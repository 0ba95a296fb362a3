using ProbNet.Autodiff;
using ProbNet.BackendContract;
using static ProbNet.Tests.Autodiff.OpenClKernelCompare;

namespace ProbNet.Tests.Autodiff;

/// <summary>Scans, gathers, scatters, sorts and random draws on the device against the back end in plain C#.</summary>
public class OpenClIndexingTests : OpenClComparisonTests
{
    // Outer, the middle axis, inner: one line and many, short and beyond the sizes at which another form begins.
    private static readonly (int Outer, int Length, int Inner)[] s_lines = [(1, 1, 1), (1, 33, 1), (2, 5, 3), (3, 64, 1), (1, 300, 2), (2, 65, 40), (1, 1027, 1)];

    [OpenClTheory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    [InlineData(DType.Int32)]
    [InlineData(DType.Int64)]
    public void Scan_EveryKind_InBothDirections(DType type)
    {
        foreach (Reduction kind in type.IsFloating() ? (Reduction[])[Reduction.Sum, Reduction.Product, Reduction.LogSumExp] : [Reduction.Sum, Reduction.Product])
        {
            foreach ((int outer, int length, int inner) in Lines(type))
            {
                foreach (bool isReversed in (bool[])[false, true])
                {
                    var kernel = new ScanKernel($"{kind} of {type} [{outer}, {length}, {inner}]", kind, type, outer, length, inner, isReversed);
                    int size = outer * length * inner;

                    // The totals of random signs are of the order of the root of their number; their roundings add up likewise.
                    Compare(kernel, [type, type], [Values(type, size, size), new long[size]], 8 + length, Math.Sqrt(length));
                }
            }
        }
    }

    [OpenClFact]
    public void Scan_SpecialValues_KeepTheirRules()
    {
        double inf = double.PositiveInfinity;
        double[] line = [.. Enumerable.Repeat(-inf, 300), 1, 2, -inf, 1000, 999, .. Enumerable.Repeat(-1000.0, 200), inf, 3, inf, 4, double.NaN, 5];
        foreach (bool isReversed in (bool[])[false, true])
        {
            var kernel = new ScanKernel("special", Reduction.LogSumExp, DType.Float32, 1, line.Length, 1, isReversed);
            Compare(kernel, [DType.Float32, DType.Float32], [Bits(DType.Float32, line), new long[line.Length]], 4, 1);
        }
    }

    [OpenClTheory]
    [InlineData(DType.Float32, DType.Int32)]
    [InlineData(DType.Float64, DType.Int64)]
    [InlineData(DType.Int32, DType.Int64)]
    [InlineData(DType.Int64, DType.Int32)]
    [InlineData(DType.Bool, DType.Int64)]
    public void Gather_WithIndicesOfBothForms(DType type, DType indexType)
    {
        foreach ((int outer, int length, int inner) in Lines(type))
        {
            foreach (bool isElementwise in (bool[])[false, true])
            {
                int count = (length / 2) + 2;
                var kernel = new GatherKernel("gather", type, indexType, outer, length, inner, count, isElementwise);
                int places = isElementwise ? outer * count * inner : count;
                Compare(
                    kernel, [type, indexType, type], [Values(type, outer * length * inner, 1), Indices(indexType, places, length), new long[outer * count * inner]]);
            }
        }
    }

    [OpenClTheory]
    [InlineData(DType.Int32)]
    [InlineData(DType.Int64)]
    public void Gather_IndexOutside_GivesZeroAndReadsNowhereElse(DType indexType)
    {
        var kernel = new GatherKernel("outside", DType.Float32, indexType, 1, 3, 1, 6, IsElementwise: false);
        long[] indices = indexType == DType.Int32 ? [-1, 3, int.MaxValue, 2, -4, int.MinValue] : [-1, 3, long.MaxValue, 2, 1L << 32, long.MinValue];
        long[][] buffers = [Bits(DType.Float32, 1, 2, 3), [.. indices.Select(index => Bits(index, indexType))], new long[6]];
        buffers[1] = indexType == DType.Int64 ? indices : [.. indices.Select(index => KernelInterpreter.Bits((int)index))];
        long[] result = OpenClKernelRun.Run(OpenClBackendStyle.Processor, kernel, [DType.Float32, indexType, DType.Float32], buffers)[2];
        Assert.Equal(Bits(DType.Float32, 0, 0, 0, 3, 0, 0), result);
    }

    [OpenClTheory]
    [InlineData(DType.Float32, DType.Int32)]
    [InlineData(DType.Float64, DType.Int64)]
    [InlineData(DType.Int32, DType.Int64)]
    [InlineData(DType.Int64, DType.Int32)]
    public void ScatterAdd_WithRepeatedAndOutsideIndices_AddsInOrder(DType type, DType indexType)
    {
        foreach ((int outer, int length, int inner) in Lines(type))
        {
            foreach (bool isElementwise in (bool[])[false, true])
            {
                foreach (int count in (int[])[0, 7, 150])
                {
                    var kernel = new ScatterAddKernel($"scatter [{outer}, {length}, {inner}] {count}", type, indexType, outer, length, inner, count, isElementwise);
                    long[] indices = Indices(indexType, Math.Max(isElementwise ? outer * count * inner : count, 1), length + 1);
                    indices[0] = KernelInterpreter.Value<long>(indexType == DType.Int32 ? KernelInterpreter.Bits(-1) : -1L);
                    int size = outer * length * inner;

                    // Not a rounding of difference: the order of additions is part of the contract.
                    Compare(kernel, [type, indexType, type, type], [Values(type, size, 1), indices, Values(type, Math.Max(outer * count * inner, 1), 2), new long[size]]);
                }
            }
        }
    }

    [OpenClTheory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    [InlineData(DType.Int32)]
    [InlineData(DType.Int64)]
    [InlineData(DType.Bool)]
    public void Sort_WithTiesAndSpecialValues_IsStable(DType type)
    {
        foreach ((int outer, int length, int inner) in Lines(type))
        {
            foreach (bool isDescending in (bool[])[false, true])
            {
                int size = outer * length * inner;
                long[] values = Values(type, size, 5);
                if (type.IsFloating())
                {
                    long[] special = Bits(type, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, -0.0, 1, 1);
                    values = [.. values.Select((value, i) => i % 3 == 0 ? special[i % special.Length] : value)];
                }

                var kernel = new SortKernel($"sort {type} [{outer}, {length}, {inner}]", type, outer, length, inner, isDescending);
                Compare(kernel, [type, DType.Int64], [values, new long[size]]);
            }
        }
    }

    [OpenClFact]
    public void Random_Bits_AreThoseOfPhilox()
    {
        foreach (int count in (int[])[1, 3, 4, 5, 1001])
        {
            foreach (DType type in (DType[])[DType.Int32, DType.Int64])
            {
                Draw(KernelProgram.Copy(type), count, type);
            }
        }
    }

    [OpenClFact]
    public void Random_Maps_GiveTheSameBitsEverywhere()
    {
        const int Count = 4001;
        Draw(RecordedKernel.RandomMap<RandomMaps.Uniform, float>(), Count, DType.Float32);
        Draw(RecordedKernel.RandomMap<RandomMaps.Normal, float>(), Count, DType.Float32);
        Draw(RecordedKernel.RandomMap<RandomMaps.Normal, double>(), Count, DType.Float64);
        Draw(RecordedKernel.RandomMap<RandomMaps.Exponential, float>(), Count, DType.Float32);
        Draw(RecordedKernel.RandomMap<RandomMaps.Gumbel, float>(), Count, DType.Float32);
    }

    // All in one type; in the others, for each is kernels of its own, two.
    private static (int Outer, int Length, int Inner)[] Lines(DType type) =>
        type == DType.Float32 || OpenClTest.IsThorough ? s_lines : [s_lines[2], s_lines[^1]];

    private void Draw(KernelProgram map, int count, DType type) =>
        Compare(new RandomKernel("draw", map, count), [DType.Int64, type], [[0x0123456789ABCDEF, unchecked((long)0xFEDCBA9876543210)], new long[count]]);

    private static long[] Indices(DType type, int count, int limit)
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(_ => Bits(random.Next(limit), type))];
    }
}
