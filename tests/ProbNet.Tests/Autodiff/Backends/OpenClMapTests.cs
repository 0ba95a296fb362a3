using ProbNet.Autodiff;
using static ProbNet.Tests.Autodiff.OpenClKernelCompare;

namespace ProbNet.Tests.Autodiff;

/// <summary>Maps on the device against the back end in plain C#.</summary>
public class OpenClMapTests : OpenClComparisonTests
{
    private static readonly double[] s_corners =
    [
        0, -0.0, 1, -1, 0.5, -0.5, 1.5, -2.5, 3, 7, double.PositiveInfinity, double.NegativeInfinity, double.NaN, 1e-40, -1e-44, 1e30, -1e30,
        2147483647, 2147483648, -2147483648, -2147483904, 9.3e18, -9.3e18, 1e-310, 0.1, -126, -149, 127, 16777217,
    ];

    [OpenClTheory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    public void Map_FloatingInstructions_GiveTheBitsOfTheInterpreter(DType type)
    {
        KernelOp[] exact =
        [
            KernelOp.Add, KernelOp.Subtract, KernelOp.Multiply, KernelOp.Divide, KernelOp.Min, KernelOp.Max, KernelOp.CopySign, KernelOp.Negate, KernelOp.Abs, KernelOp.Sqrt,
            KernelOp.Floor, KernelOp.Ceiling, KernelOp.Round, KernelOp.Truncate, KernelOp.MultiplyAdd,
        ];
        CheckPairs(type, [.. exact, KernelOp.Equal, KernelOp.Less, KernelOp.LessOrEqual, KernelOp.IsNaN]);
        CheckPairs(type, [KernelOp.ScaleByPowerOfTwo], b => double.IsNaN(b) || (Math.Abs(b) < 1e6 && b == Math.Floor(b)));
    }

    [OpenClTheory]
    [InlineData(DType.Int32)]
    [InlineData(DType.Int64)]
    public void Map_IntegerInstructions_GiveTheBitsOfTheInterpreter(DType type)
    {
        KernelOp[] exact =
        [
            KernelOp.Add, KernelOp.Subtract, KernelOp.Multiply, KernelOp.Divide, KernelOp.Remainder, KernelOp.Min, KernelOp.Max, KernelOp.Negate, KernelOp.Abs,
            KernelOp.And, KernelOp.Or, KernelOp.Xor, KernelOp.Not,
        ];
        CheckPairs(type, [.. exact, KernelOp.Equal, KernelOp.Less, KernelOp.LessOrEqual]);
        var shifts = new KernelProgram(
            [type],
            [new(KernelOp.Input, type, 0), new(KernelOp.ShiftLeft, type, 0, Bits: 7), new(KernelOp.ShiftRight, type, 0, Bits: 9), new(KernelOp.ShiftRight, type, 0)],
            [1, 2, 3]);
        Check(shifts, Corners(type));
    }

    [OpenClFact]
    public void Map_Conversions_GiveTheBitsOfTheInterpreter()
    {
        DType[] types = [DType.Float32, DType.Float64, DType.Int32, DType.Int64, DType.Bool];
        foreach (DType from in types)
        {
            DType[] targets = [.. types.Where(to => to != from)];
            var program = new KernelProgram(
                [from], [new(KernelOp.Input, from, 0), .. targets.Select(to => new KernelInstruction(KernelOp.Convert, to, 0))], [.. Enumerable.Range(1, targets.Length)]);
            Check(program, Corners(from));
        }

        Check(Program(KernelOp.Reinterpret, DType.Int32, DType.Float32), Corners(DType.Float32));
        Check(Program(KernelOp.Reinterpret, DType.Float64, DType.Int64), Corners(DType.Int64));
    }

    [OpenClTheory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    [InlineData(DType.Int32)]
    [InlineData(DType.Int64)]
    [InlineData(DType.Bool)]
    public void Map_Constants_AreExact(DType type)
    {
        long[] bits = [.. Corners(type), .. type == DType.Float32 ? Bits(type, float.Epsilon, float.MaxValue, float.MinValue, 1.1f) : Bits(type, double.Epsilon, double.MaxValue)];
        bits = type == DType.Bool ? [0, 1] : [.. bits.Select(value => type == DType.Float32 ? (uint)value : value)];
        var program = new KernelProgram([], [.. bits.Select(value => new KernelInstruction(KernelOp.Constant, type, Bits: value))], [.. Enumerable.Range(0, bits.Length)]);
        var kernel = new MapKernel("constants", program, [3], [], [.. bits.Select(_ => At(0, 1))]);
        foreach (OpenClBackendStyle style in Enum.GetValues<OpenClBackendStyle>())
        {
            long[][] buffers = OpenClKernelRun.Run(style, kernel, [.. bits.Select(_ => type)], [.. bits.Select(_ => new long[3])]);
            for (int i = 0; i < bits.Length; i++)
            {
                Same("constant", type, [bits[i], bits[i], bits[i]], buffers[i]);
            }
        }
    }

    [OpenClFact]
    public void Map_Booleans_AreZeroOrOne()
    {
        var program = new KernelProgram(
            [DType.Bool, DType.Bool, DType.Int64, DType.Int64],
            [
                new(KernelOp.Input, DType.Bool, 0), new(KernelOp.Input, DType.Bool, 1), new(KernelOp.Input, DType.Int64, 2), new(KernelOp.Input, DType.Int64, 3),
                new(KernelOp.And, DType.Bool, 0, 1), new(KernelOp.Or, DType.Bool, 0, 1), new(KernelOp.Xor, DType.Bool, 0, 1), new(KernelOp.Not, DType.Bool, 0),
                new(KernelOp.Select, DType.Int64, 0, 2, 3),
            ],
            [4, 5, 6, 7, 8]);
        Check(program, [0, 0, 1, 1], [0, 1, 0, 1], [5, 6, 7, 8], [-1, -2, -3, -4]);
    }

    [OpenClTheory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(1000)]
    public void Map_Contiguous_OfEveryLength(int length)
    {
        KernelProgram program = Program(KernelOp.Add, DType.Float32, DType.Float32, DType.Float32);
        Compare(new("add", program, [length], [At(0, 1), At(0, 1)], [At(0, 1)]), [length, length, length]);
    }

    [OpenClFact]
    public void Map_Nothing_LaunchesNothing()
    {
        KernelProgram program = KernelProgram.Copy(DType.Float32);
        Compare(new("nothing", program, [3, 0, 2], [RowMajor(3, 0, 2)], [RowMajor(3, 0, 2)]), [1, 1]);
    }

    [OpenClFact]
    public void Map_Views_ReadAndWriteWhereTheySay()
    {
        KernelProgram add = Program(KernelOp.Add, DType.Float32, DType.Float32, DType.Float32);
        KernelProgram copy = KernelProgram.Copy(DType.Float32);
        Compare(new("row", add, [7, 5], [RowMajor(7, 5), At(0, 0, 1)], [RowMajor(7, 5)]), [35, 5, 35]);
        Compare(new("column", add, [7, 5], [RowMajor(7, 5), At(0, 1, 0)], [RowMajor(7, 5)]), [35, 7, 35]);
        Compare(new("wide rows", add, [5, 130], [RowMajor(5, 130), At(0, 0, 1)], [RowMajor(5, 130)]), [650, 130, 650]);
        Compare(new("wide columns", add, [2, 3, 128], [RowMajor(2, 3, 128), At(0, 1, 0, 2)], [RowMajor(2, 3, 128)]), [768, 257, 768]);
        Compare(new("scalar", add, [6], [At(2, 0), At(0, 1)], [At(0, 1)]), [3, 6, 6]);
        Compare(new("one element", add, [], [At(1), At(0)], [At(3)]), [2, 1, 4]);
        Compare(new("transposed", copy, [4, 6, 3], [At(0, 1, 12, 4)], [RowMajor(4, 6, 3)]), [72, 72]);
        Compare(new("reversed", copy, [4, 3], [At(11, -3, -1)], [RowMajor(4, 3)]), [12, 12]);
        Compare(new("into a part", copy, [3, 2], [RowMajor(3, 2)], [At(5, 7, 2)]), [6, 30]);
        Compare(new("eight axes", copy, [2, 3, 1, 2, 2, 3, 2, 2], [At(0, 1, 2, 0, 6, 12, 24, 72, 144)], [RowMajor(2, 3, 1, 2, 2, 3, 2, 2)]), [288, 288]);
    }

    [OpenClFact]
    public void Map_ManyRows_AreAllComputed()
    {
        KernelProgram add = Program(KernelOp.Add, DType.Float32, DType.Float32, DType.Float32);
        const int Rows = (1 << 15) + 5;
        Compare(new("rows", add, [Rows, 64], [RowMajor(Rows, 64), At(0, 0, 1)], [RowMajor(Rows, 64)]), [Rows * 64, 64, Rows * 64]);
    }

    [OpenClFact]
    public void Map_IndexAndNumbers_AreTheLaunchsOwn()
    {
        var program = new KernelProgram(
            [DType.Float32],
            [
                new(KernelOp.Input, DType.Float32, 0), new(KernelOp.Index, DType.Int64, 1), new(KernelOp.Convert, DType.Float32, 1), new(KernelOp.Number, DType.Float32, 1),
                new(KernelOp.MultiplyAdd, DType.Float32, 2, 3, 0), new(KernelOp.Number, DType.Int32, 0), new(KernelOp.Index, DType.Int32, 0), new(KernelOp.Add, DType.Int32, 5, 6),
                new(KernelOp.Number, DType.Int64, 1), new(KernelOp.Number, DType.Bool, 1),
            ],
            [4, 7, 1, 8, 9],
            Numbers: 2);
        View view = RowMajor(3, 4, 5);
        var kernel = new MapKernel("index", program, [3, 4, 5], [view], [view, view, view, view, view]);
        Compare(kernel, [60, 60, 60, 60, 60, 60], [7, -0.1]);
    }

    [OpenClFact]
    public void Map_OutputOverItsInput_ReadsFirst()
    {
        KernelProgram program = Program(KernelOp.Add, DType.Float32, DType.Float32, DType.Float32);
        var kernel = new MapKernel("in place", program, [100], [At(0, 1), At(0, 1)], [At(0, 1)]);
        long[] x = Values(DType.Float32, 100, 1);
        long[] y = Values(DType.Float32, 100, 2);
        DType[] types = [DType.Float32, DType.Float32, DType.Float32];
        long[] expected = OpenClKernelRun.Run(new HostBackend(), kernel, types, [x, y, new long[100]])[2];
        foreach (OpenClBackendStyle style in Enum.GetValues<OpenClBackendStyle>())
        {
            Same("in place", DType.Float32, expected, OpenClKernelRun.Run(style, kernel, types, [x, y, x])[0]);
        }
    }

    [OpenClFact]
    public void Compile_SameStructureOfOtherSizes_SharesItsText()
    {
        KernelProgram program = Program(KernelOp.Add, DType.Float32, DType.Float32, DType.Float32);
        string one = Source(new("one", program, [7, 5], [RowMajor(7, 5), At(0, 0, 1)], [RowMajor(7, 5)]));
        Assert.Equal(one, Source(new("of other sizes", program, [9, 3], [RowMajor(9, 3), At(0, 0, 1)], [RowMajor(9, 3)])));
        Assert.NotEqual(one, Source(new("of another structure", program, [9, 3], [RowMajor(9, 3), At(0, 1, 0)], [RowMajor(9, 3)])));
        Assert.NotEqual(one, Source(new("of one axis", program, [9, 3], [RowMajor(9, 3), RowMajor(9, 3)], [RowMajor(9, 3)])));

        static string Source(MapKernel kernel) => OpenClSource.Plan(kernel, OpenClBackendStyle.Processor, OpenClTest.Device.Info)!.Stages[0].Text.Function;
    }

    private static long[] Corners(DType type) => type switch
    {
        DType.Float32 or DType.Float64 => Bits(type, s_corners),
        DType.Int32 => [.. new[] { 0, 1, -1, 2, -7, 1000, int.MaxValue, int.MinValue, 16_777_217 }.Select(value => Bits(value, type))],
        DType.Int64 => [0, 1, -1, 2, -7, long.MaxValue, long.MinValue, (1L << 53) + 1, int.MaxValue + 1L, int.MinValue - 1L],
        _ => [0, 1],
    };

    /// <summary>Runs operations over all pairs of corners in one program; the third operand is the first of the pairs in the other order.</summary>
    private void CheckPairs(DType type, KernelOp[] ops, Func<double, bool>? allows = null)
    {
        (long A, long B)[] pairs = [.. Corners(type).SelectMany(x => Corners(type).Select(y => (x, y)))
            .Where(pair => allows?.Invoke(Number(pair.y, type)) ?? true)];
        long[] first = [.. pairs.Select(pair => pair.A)];
        var program = new KernelProgram(
            [type, type, type],
            [
                .. Enumerable.Range(0, 3).Select(i => new KernelInstruction(KernelOp.Input, type, i)),
                .. ops.Select(op => new KernelInstruction(
                    op, op is KernelOp.Equal or KernelOp.Less or KernelOp.LessOrEqual or KernelOp.IsNaN ? DType.Bool : type, 0, 1, op == KernelOp.MultiplyAdd ? 2 : -1)),
            ],
            [.. Enumerable.Range(3, ops.Length)]);
        Check(program, first, [.. pairs.Select(pair => pair.B)], [.. first.Reverse()]);
    }

    /// <summary>Runs a program over columns of values.</summary>
    private void Check(KernelProgram program, params long[][] inputs)
    {
        int count = inputs[0].Length;
        string name = string.Join(", ", program.Outputs.Select(output => program.Instructions[output].Op));
        var kernel = new MapKernel(
            name, program, [count], [.. inputs.Select(_ => At(0, 1))], [.. program.Outputs.Select(_ => At(0, 1))]);
        Compare(kernel, [.. inputs, .. program.Outputs.Select(_ => new long[count])]);
    }

    private void Compare(MapKernel kernel, int[] sizes, params double[] numbers) =>
        Compare(kernel, [.. Types(kernel).Zip(sizes, (type, size) => Values(type, size, size))], numbers);

    private static DType[] Types(MapKernel kernel) => [.. kernel.Program.Inputs, .. kernel.Program.OutputTypes];

    private void Compare(MapKernel kernel, long[][] buffers, params double[] numbers) => Compare(kernel, Types(kernel), buffers, numbers: numbers);
}
