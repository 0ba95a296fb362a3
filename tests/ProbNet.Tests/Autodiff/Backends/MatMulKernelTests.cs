using System.Numerics;
using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

public class MatMulKernelTests
{
    // The operands stand inside larger arrays whose other elements are NaN: they would spoil the result, and must not be written.
    private const int Before = 3;
    private const int After = 40;

    // Around the tile heights (4, 6, 12), the register widths (4 … 32) and the depth blocks (256, 416), and the shapes of small networks.
    public static TheoryData<int, int, int> Shapes() => new()
    {
        { 0, 3, 4 }, { 3, 0, 4 }, { 3, 4, 0 }, { 1, 1, 1 }, { 1, 7, 5 }, { 7, 1, 5 }, { 5, 7, 1 }, { 1, 1, 33 }, { 2, 2, 2 }, { 3, 5, 7 },
        { 4, 16, 16 }, { 5, 17, 19 }, { 12, 32, 20 }, { 13, 33, 21 }, { 32, 64, 64 }, { 32, 50, 1 }, { 32, 1, 50 }, { 64, 50, 32 },
        { 48, 48, 48 }, { 61, 67, 71 }, { 100, 100, 300 }, { 50, 130, 400 }, { 70, 40, 800 }, { 200, 2, 65 }, { 3, 300, 300 },
        { 25, 1100, 30 }, { 9, 10, 3000 }, { 20, 33, 3001 }, { 61, 130, 500 }, { 140, 300, 400 }, { 60, 330, 410 },
        { 25, 260, 850 }, { 191, 257, 256 }, { 40, 1030, 70 }, { 200, 300, 64 }, { 250, 90, 200 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Run_AnyShapeAndTranspose_AgreesWithTheTripleLoop(int m, int n, int k)
    {
        double[] a = Values(m * k, 1), b = Values(k * n, 2), c = Values(m * n, 3);
        foreach (bool transposeA in new[] { false, true })
        {
            foreach (bool transposeB in new[] { false, true })
            {
                foreach (bool accumulate in new[] { false, true })
                {
                    double[] expected = [.. c];
                    Naive(transposeA, transposeB, m, n, k, a, b, expected, accumulate);
                    Compare<Lanes512<float>, float>(transposeA, transposeB, m, n, k, accumulate, a, b, c, expected, 1e-6);
                    Compare<Lanes256<float>, float>(transposeA, transposeB, m, n, k, accumulate, a, b, c, expected, 1e-6);
                    Compare<Lanes128<float>, float>(transposeA, transposeB, m, n, k, accumulate, a, b, c, expected, 1e-6);
                    Compare<Lanes512<double>, double>(transposeA, transposeB, m, n, k, accumulate, a, b, c, expected, 1e-15);
                    Compare<Lanes256<double>, double>(transposeA, transposeB, m, n, k, accumulate, a, b, c, expected, 1e-15);
                    Compare<Lanes128<double>, double>(transposeA, transposeB, m, n, k, accumulate, a, b, c, expected, 1e-15);
                }
            }
        }
    }

    [Theory]
    [InlineData(7, false, 5, 6, 4)]
    [InlineData(3, true, 70, 60, 50)]
    [InlineData(200, false, 16, 16, 40)]
    public void RunBatched_WithSharedOperands_AgreesWithSingleProducts(int batch, bool transposeA, int m, int n, int k)
    {
        double[] a = Values(batch * m * k, 3), b = Values(batch * k * n, 4);
        foreach (long aStride in new long[] { 0, m * k })
        {
            foreach (long bStride in new long[] { 0, k * n })
            {
                double[] c = new double[batch * m * n];
                MatMulKernel.RunBatched(transposeA, false, m, n, k, a, 0, b, 0, c, 0, batch, aStride, bStride, m * n);
                for (int i = 0; i < batch; i++)
                {
                    Span<double> expected = new double[m * n];
                    Naive(transposeA, false, m, n, k, a.AsSpan((int)(i * aStride)), b.AsSpan((int)(i * bStride)), expected, false);
                    AssertClose(expected, c.AsSpan(i * m * n, m * n), k * 1e-15);
                }
            }
        }
    }

    [Fact]
    public void RunInteger_WithTransposes_IsExact()
    {
        int[] a = [1, 2, 3, 4, 5, 6], b = [7, 8, 9, 10, 11, 12], c = new int[4];
        MatMulKernel.RunInteger(false, false, 2, 2, 3, a, 0, b, 0, c, 0);
        Assert.Equal([58, 64, 139, 154], c); // by hand: 1·7 + 2·9 + 3·11 = 58 …
        MatMulKernel.RunInteger(false, true, 2, 2, 3, a, 0, b, 0, c, 0, accumulate: true);
        Assert.Equal([58 + 50, 64 + 68, 139 + 122, 154 + 167], c);
    }

    [Fact]
    public void Run_OperandThatDoesNotFit_Throws()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(
            () => MatMulKernel.Run(false, false, 2, 3, 4, new float[8], 0, new float[11], 0, new float[6], 0));
        Assert.Contains("right operand, [4, 3]", e.Message);
    }

    [Fact]
    public void Run_WarmedUp_AllocatesNothing()
    {
        float[] a = [.. Values(32 * 50, 1).Select(v => (float)v)], b = [.. Values(50 * 50, 2).Select(v => (float)v)], c = new float[32 * 50];
        for (int i = 0; i < 3; i++)
        {
            MatMulKernel.Run(false, true, 32, 50, 50, a, 0, b, 0, c, 0);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            MatMulKernel.Run(false, true, 32, 50, 50, a, 0, b, 0, c, 0);
            MatMulKernel.Run(true, false, 32, 50, 50, a, 0, b, 0, c, 0);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Compare<V, T>(
        bool transposeA, bool transposeB, int m, int n, int k, bool accumulate, double[] a, double[] b, double[] c, double[] expected,
        double tolerance)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] left = Fenced<T>(a), right = Fenced<T>(b);
        Check(result => MatMulKernel.Run<V, T>(transposeA, transposeB, m, n, k, left, Before, right, Before, result, Before, accumulate));
        Check(result => RunTask<V, T>(transposeA, transposeB, m, n, k, left, right, result, accumulate));
        if (!transposeA)
        {
            Check(result => RunPacked<V, T>(transposeB, m, n, k, left, right, result, accumulate));
        }

        void Check(Action<T[]> multiply)
        {
            T[] result = Fenced<T>(c);
            multiply(result);
            AssertClose<T>(expected, result.AsSpan(Before, m * n), tolerance * (k + 1));
            Assert.All(result[..Before], v => Assert.True(T.IsNaN(v)));
            Assert.All(result[^After..], v => Assert.True(T.IsNaN(v)));
        }
    }

    private readonly struct PackJob(MatMulTask<float> task) : ITileJob
    {
        public void Execute(int tile) => task.Pack(tile);
    }

    /// <summary>The tiles from last to first: a tile must not need those before it.</summary>
    private static unsafe void RunTask<V, T>(
        bool transposeA, bool transposeB, int m, int n, int k, T[] a, T[] b, T[] c, bool accumulate)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] scratch = GC.AllocateArray<T>(MatMulTask<T>.ScratchLength(m, n, k) + 1, pinned: true);
        fixed (T* left = &a[Before], right = &b[Before], result = &c[Before], start = scratch)
        {
            var task = new MatMulTask<T>(transposeA, transposeB, m, n, k, left, right, result, accumulate, start);
            for (int part = task.Packs - 1; part >= 0; part--)
            {
                task.Pack<V>(part);
            }

            for (int tile = task.Tiles - 1; tile >= 0; tile--)
            {
                task.Execute<V>(tile);
            }
        }
    }

    /// <summary>Packed in parts and multiplied in two ranges of rows, as several threads would.</summary>
    private static unsafe void RunPacked<V, T>(bool transposeB, int m, int n, int k, T[] a, T[] b, T[] c, bool accumulate)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] packed = [.. Enumerable.Repeat(T.NaN, (int)MatMulPacking.RightLength<V, T>(n, k) + 1)];
        fixed (T* left = &a[Before], right = &b[Before], result = &c[Before], start = packed)
        {
            for (int tile = 0; tile < MatMulKernel.PackTiles<T>(n, k); tile++)
            {
                MatMulKernel.PackTile<V, T>(MatMulKernel.View(transposeB, k, n, right), start, n, k, tile);
            }

            int rows = m / 3;
            MatMulKernel.RunPacked<V, T>(rows, n, k, left, start, result, accumulate);
            MatMulKernel.RunPacked<V, T>(m - rows, n, k, left + (rows * k), start, result + (rows * n), accumulate);
        }

        Assert.True(T.IsNaN(packed[^1]));
    }

    private static void AssertClose<T>(ReadOnlySpan<double> expected, ReadOnlySpan<T> got, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < expected.Length; i++)
        {
            double g = double.CreateChecked(got[i]);
            Assert.True(Math.Abs(expected[i] - g) <= tolerance, $"Element {i}: {g:R}, expected {expected[i]:R}.");
        }
    }

    private static void Naive(
        bool transposeA, bool transposeB, int m, int n, int k, ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> c, bool accumulate)
    {
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                double sum = accumulate ? c[(i * n) + j] : 0;
                for (int p = 0; p < k; p++)
                {
                    sum += a[transposeA ? (p * m) + i : (i * k) + p] * b[transposeB ? (j * k) + p : (p * n) + j];
                }

                c[(i * n) + j] = sum;
            }
        }
    }

    private static T[] Fenced<T>(double[] values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] fenced = new T[Before + values.Length + After];
        Array.Fill(fenced, T.NaN);
        for (int i = 0; i < values.Length; i++)
        {
            fenced[Before + i] = T.CreateTruncating(values[i]);
        }

        return fenced;
    }

    /// <summary>Multiples of 2⁻²⁰ in [−1, 1), which float and double hold alike.</summary>
    private static double[] Values(int count, int seed)
    {
        var random = new Random(seed);
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = random.Next(-1 << 20, 1 << 20) / (double)(1 << 20);
        }

        return values;
    }
}
