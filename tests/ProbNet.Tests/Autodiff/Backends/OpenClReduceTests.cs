using ProbNet.Autodiff;
using static ProbNet.Tests.Autodiff.OpenClKernelCompare;

namespace ProbNet.Tests.Autodiff;

/// <summary>Reductions on the device against the back end in plain C#.</summary>
public class OpenClReduceTests : OpenClComparisonTests
{
    private static readonly Reduction[] s_arithmetic = [Reduction.Sum, Reduction.Product, Reduction.Min, Reduction.Max, Reduction.ArgMin, Reduction.ArgMax];

    // Rows, columns, both, short and long, with one and with several stages: [lengths], first reduced axis, number of reduced axes.
    private static readonly (int[] Lengths, int First, int Count)[] s_spaces =
    [
        ([1], 0, 1), ([7], 0, 1), ([65], 0, 1), ([3, 5], 1, 1), ([3, 5], 0, 1), ([3, 17, 19], 1, 1), ([70, 65], 1, 1), ([5, 600], 1, 1), ([600, 5], 0, 1), ([300, 33], 0, 1),
        ([2, 3, 4, 5], 1, 2), ([2, 3, 4, 5], 0, 4), ([4, 3], 1, 0), ([2, 70, 3], 1, 1), ([20_000], 0, 1), ([3, 9_000], 1, 1), ([9_000, 3], 0, 1), ([9_000, 40], 0, 1),
    ];

    [OpenClFact]
    public void Reduce_RowsAndColumns_OfEveryLength()
    {
        foreach ((int[] lengths, int first, int count) in s_spaces)
        {
            Compare(Simple([Reduction.Sum, Reduction.ArgMax, Reduction.LogSumExp], DType.Float32, lengths, first, count), DType.Float32);
        }
    }

    [OpenClTheory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    [InlineData(DType.Int32)]
    [InlineData(DType.Int64)]
    public void Reduce_EveryKind_OfRowsAndColumns(DType type)
    {
        Reduction[] kinds = [.. s_arithmetic.Where(kind => kind != Reduction.Product), type.IsFloating() ? Reduction.LogSumExp : Reduction.Product];
        Compare(Simple(kinds, type, [5, 33], 1, 1), type);
        Compare(Simple(kinds, type, [70, 20], 0, 1), type);
        Compare(Simple(kinds, type, [2, 9_000], 1, 1), type);

        // Products of many numbers of this size are 0 or infinite.
        Compare(Simple([Reduction.Product], type, [3, 70], 1, 1), type);
    }

    [OpenClTheory]
    [InlineData(0)]
    [InlineData(1)]
    public void Reduce_Booleans_OfRowsAndColumns(long constant)
    {
        foreach ((int[] lengths, int first, int count) in s_spaces.Where(space => space.Lengths.Length == 2))
        {
            Compare(Simple([Reduction.Any, Reduction.All], DType.Bool, lengths, first, count), DType.Bool);
            Compare(Simple([Reduction.Any, Reduction.All], DType.Bool, lengths, first, count), DType.Bool, [.. Enumerable.Repeat(constant, Size(lengths))]);
        }
    }

    [OpenClTheory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    public void Reduce_SpecialValues_KeepTheirRules(DType type)
    {
        double inf = double.PositiveInfinity;
        double nan = double.NaN;
        double[][] rows =
        [
            [1, nan, 3, 2], [nan, nan, 1, 0], [inf, 1, 2, inf], [-inf, -inf, -inf, -inf], [-inf, 3, inf, 0], [inf, -inf, nan, 1], [0, -0.0, 0, -0.0],
            [-0.0, 0, -0.0, 0], [5, 5, 5, 5],
            [1000, 1001, -1000, 999], [-1000, -1001, -1002, -1003], [-inf, 1, 1, -inf], [inf, inf, inf, inf],
        ];
        Reduction[] kinds = [.. s_arithmetic, Reduction.LogSumExp];
        foreach (int repeats in (int[])[1, 30])
        {
            int length = 4 * repeats;
            long[] values = [.. rows.SelectMany(row => Enumerable.Repeat(row, repeats).SelectMany(x => x)).Select(x => Bits(x, type))];
            Compare(Simple(kinds, type, [rows.Length, length], 1, 1), type, values);
            long[] columns = [.. Enumerable.Range(0, values.Length).Select(i => values[(i % rows.Length * length) + (i / rows.Length)])];
            Compare(Simple(kinds, type, [length, rows.Length], 0, 1), type, columns);
        }
    }

    [OpenClTheory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Int64)]
    public void Reduce_NoElements_GivesTheNeutralOne(DType type)
    {
        Reduction[] kinds = type.IsFloating() ? [Reduction.Sum, Reduction.Product, Reduction.LogSumExp] : [Reduction.Sum, Reduction.Product];
        Compare(Simple(kinds, type, [3, 0], 1, 1), type, [0]);
        Compare(Simple(kinds, type, [0, 20], 0, 1), type, [0]);
    }

    [OpenClFact]
    public void Reduce_SeveralWithWrittenAndFinish_InOnePass()
    {
        // u = x·y; Σu, max u, argmax u, with u written; then (Σu + z)·number and the index of the result.
        var program = new KernelProgram(
            [DType.Float32, DType.Float32],
            [
                new(KernelOp.Input, DType.Float32, 0), new(KernelOp.Input, DType.Float32, 1), new(KernelOp.Multiply, DType.Float32, 0, 1), new(KernelOp.Index, DType.Int32, 1),
                new(KernelOp.Negate, DType.Float32, 2),
            ],
            [2, 2, 2, 2, 4, 3]);
        var finish = new KernelProgram(
            [DType.Float32, DType.Float32, DType.Int64, DType.Float32, DType.Float32],
            [
                new(KernelOp.Input, DType.Float32, 0), new(KernelOp.Input, DType.Float32, 1), new(KernelOp.Input, DType.Int64, 2), new(KernelOp.Input, DType.Float32, 3),
                new(KernelOp.Input, DType.Float32, 4), new(KernelOp.Number, DType.Float32, 0), new(KernelOp.Add, DType.Float32, 0, 4), new(KernelOp.Multiply, DType.Float32, 6, 5),
                new(KernelOp.Index, DType.Int64, 1), new(KernelOp.Add, DType.Int64, 2, 8),
            ],
            [7, 1, 9, 3],
            Numbers: 1);
        foreach ((int a, int b, int c) in ((int, int, int)[])[(3, 5, 4), (2, 70, 1), (2, 130, 40), (1, 9000, 2), (1, 9000, 20), (30, 20, 3)])
        {
            View whole = RowMajor(a, b, c);
            View left = RowMajor(a, c);
            var kernel = new ReduceKernel(
                "several", program, [a, b, c], 1, 1, [whole, At(0, 0, 1, 0)], [Reduction.Sum, Reduction.Max, Reduction.ArgMax, Reduction.LogSumExp],
                [At(1, 2 * b * c, 2 * c, 2), whole],
                finish, [At(0, 0, 1)], [left, left, left, left]);
            DType[] types =
            [
                DType.Float32, DType.Float32, DType.Float32, DType.Int32, DType.Float32, DType.Float32, DType.Float32, DType.Int64, DType.Float32,
            ];
            int[] sizes = [a * b * c, b, 2 * a * b * c, a * b * c, c, a * c, a * c, a * c, a * c];
            Compare(kernel, types, [.. types.Select((type, i) => Values(type, sizes[i], i))], [0.25]);
        }
    }

    [OpenClFact]
    public void Reduce_TransposedView_ReadsWhereItSays()
    {
        KernelProgram copy = KernelProgram.Copy(DType.Float32);
        var kernel = new ReduceKernel(
            "transposed", copy, [4, 6, 3, 5], 1, 2, [At(89, -1, 4 * 3, 4, 0)], [Reduction.Sum], [], copy, [], [At(3, 1, 4)]);
        Compare(kernel, [DType.Float32, DType.Float32], [Values(DType.Float32, 200, 1), Values(DType.Float32, 30, 2)]);
    }

    [OpenClFact]
    public void Reduce_Twice_GivesTheSameBits()
    {
        ReduceKernel kernel = Simple([Reduction.Sum], DType.Float32, [100_000], 0, 1);
        long[] x = Values(DType.Float32, 100_000, 3);
        foreach (OpenClBackendStyle style in Enum.GetValues<OpenClBackendStyle>())
        {
            long first = OpenClKernelRun.Run(style, kernel, [DType.Float32, DType.Float32], [x, [0]])[1][0];
            Assert.Equal(first, OpenClKernelRun.Run(style, kernel, [DType.Float32, DType.Float32], [x, [0]])[1][0]);
        }
    }

    [OpenClFact]
    public void Reduce_FromManyThreads_KeepsTheScratchOfEach()
    {
        OpenClBackend backend = OpenClKernelRun.Backend(OpenClBackendStyle.Processor);
        const int Count = 100_000;
        IDeviceKernel kernel = backend.Compile(Simple([Reduction.Sum], DType.Int32, [Count], 0, 1))!;
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 4 }, thread =>
        {
            using IDeviceBuffer x = backend.Allocate(Count * sizeof(int));
            using IDeviceBuffer y = backend.Allocate(64);
            var host = new int[Count];
            Array.Fill(host, thread + 1);
            backend.Write(x, 0, System.Runtime.InteropServices.MemoryMarshal.AsBytes<int>(host));
            for (int i = 0; i < 20; i++)
            {
                backend.Launch(kernel, [new(x, 0), new(y, 0)], []);
                var sum = new int[1];
                backend.Read(y, 0, System.Runtime.InteropServices.MemoryMarshal.AsBytes(sum.AsSpan()));
                Assert.Equal(Count * (thread + 1), sum[0]);
            }
        });
    }

    private static ReduceKernel Simple(Reduction[] kinds, DType type, int[] lengths, int first, int count)
    {
        DType[] results = [.. kinds.Select(kind => kind is Reduction.ArgMin or Reduction.ArgMax ? DType.Int64 : type)];
        View left = RowMajor([.. lengths[..first], .. lengths[(first + count)..]]);
        var program = new KernelProgram([type], [new(KernelOp.Input, type, 0)], [.. kinds.Select(_ => 0)]);
        return new(
            $"{string.Join(", ", kinds)} of {type} [{string.Join(", ", lengths)}] from {first}, {count} axes", program, [.. lengths], first, count, [RowMajor(lengths)],
            [.. kinds], [], KernelProgram.Copy(results), [], [.. results.Select(_ => left)]);
    }

    private static int Size(IEnumerable<int> lengths) => lengths.Aggregate(1, (a, b) => a * b);

    private void Compare(ReduceKernel kernel, DType type, long[]? values = null)
    {
        int results = Size(kernel.Lengths.Where((_, axis) => axis < kernel.FirstReduced || axis >= kernel.FirstReduced + kernel.ReducedCount));
        values ??= Values(type, Math.Max(Size(kernel.Lengths), 1), Size(kernel.Lengths));
        Compare(kernel, [type, .. kernel.Finish.OutputTypes], [values, .. kernel.Reductions.Select(_ => new long[results])]);
    }

    private void Compare(ReduceKernel kernel, DType[] types, long[][] buffers, params double[] numbers)
    {
        int elements = Size(kernel.Lengths.Skip(kernel.FirstReduced).Take(kernel.ReducedCount));

        // A partial sum of random signs is of the order of the root of the number of elements, and so is the sum of their roundings.
        double roundings = kernel.Reductions.All(kind => kind is Reduction.Min or Reduction.Max or Reduction.ArgMin or Reduction.ArgMax) ? 0 : 8 + (0.5 * Math.Sqrt(elements));
        double scale = kernel.Reductions.Contains(Reduction.Sum) ? Math.Sqrt(elements) : 1;
        Compare(kernel, types, buffers, roundings, scale, numbers);
    }
}
