using System.Numerics;

namespace ProbNet.Autodiff.Tests;

[Collection("Workers")]
public class MatMulKernelTests
{
    // Around the tile heights (4, 6, 12), the register widths (4 … 32) and the depth blocks (256, 384), and the shapes of small networks.
    public static TheoryData<int, int, int> Shapes() => new()
    {
        { 0, 3, 4 }, { 3, 0, 4 }, { 3, 4, 0 }, { 1, 1, 1 }, { 1, 7, 5 }, { 7, 1, 5 }, { 5, 7, 1 }, { 1, 1, 33 }, { 2, 2, 2 }, { 3, 5, 7 },
        { 4, 16, 16 }, { 5, 17, 19 }, { 12, 32, 20 }, { 13, 33, 21 }, { 32, 64, 64 }, { 32, 50, 1 }, { 32, 1, 50 }, { 64, 50, 32 },
        { 48, 48, 48 }, { 61, 67, 71 }, { 100, 100, 300 }, { 50, 130, 400 }, { 130, 70, 800 }, { 200, 2, 65 }, { 3, 300, 300 }, { 97, 1100, 30 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Run_AnyShapeAndTranspose_AgreesWithTheTripleLoop(int m, int n, int k)
    {
        foreach (bool transposeA in new[] { false, true })
        {
            foreach (bool transposeB in new[] { false, true })
            {
                foreach (bool accumulate in new[] { false, true })
                {
                    double[] expected = Values<double>(m * n, 3);
                    Naive(transposeA, transposeB, m, n, k, Values<double>(m * k, 1), Values<double>(k * n, 2), expected, accumulate);
                    Compare<Lanes512<float>, float>(transposeA, transposeB, m, n, k, accumulate, expected, 1e-6);
                    Compare<Lanes256<float>, float>(transposeA, transposeB, m, n, k, accumulate, expected, 1e-6);
                    Compare<Lanes128<float>, float>(transposeA, transposeB, m, n, k, accumulate, expected, 1e-6);
                    Compare<Lanes512<double>, double>(transposeA, transposeB, m, n, k, accumulate, expected, 1e-15);
                    Compare<Lanes256<double>, double>(transposeA, transposeB, m, n, k, accumulate, expected, 1e-15);
                    Compare<Lanes128<double>, double>(transposeA, transposeB, m, n, k, accumulate, expected, 1e-15);
                }
            }
        }
    }

    [Theory]
    [InlineData(300, 200, 500)]
    [InlineData(32, 3000, 100)]
    [InlineData(100_000, 3, 7)]
    [InlineData(5000, 1, 400)]
    public void Run_OneTwoOrFourThreads_GivesTheSameBits(int m, int n, int k)
    {
        int threads = Workers.Threads;
        try
        {
            foreach (bool transposeB in new[] { false, true })
            {
                float[] a = Values<float>(m * k, 1), b = Values<float>(k * n, 2);
                float[][] results = [.. new[] { 1, 2, 4 }.Select(t =>
                {
                    Workers.Threads = t;
                    float[] c = new float[m * n];
                    MatMulKernel.Run(false, transposeB, m, n, k, a, 0, b, 0, c, 0);
                    return c;
                })];
                Assert.Equal(results[0], results[1]);
                Assert.Equal(results[0], results[2]);
            }
        }
        finally
        {
            Workers.Threads = threads;
        }
    }

    [Theory]
    [InlineData(7, false, 5, 6, 4)]
    [InlineData(3, true, 70, 60, 50)]
    [InlineData(200, false, 16, 16, 40)]
    public void RunBatched_WithSharedOperands_AgreesWithSingleProducts(int batch, bool transposeA, int m, int n, int k)
    {
        double[] a = Values<double>(batch * m * k, 3), b = Values<double>(batch * k * n, 4);
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
        float[] a = Values<float>(32 * 50, 1), b = Values<float>(50 * 50, 2), c = new float[32 * 50];
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
        bool transposeA, bool transposeB, int m, int n, int k, bool accumulate, double[] expected, double tolerance)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // The operands stand inside larger arrays whose other elements would spoil the result, and must not be written.
        const int Before = 3, After = 40;
        T[] a = [.. Fence<T>(Before), .. Values<T>(m * k, 1), .. Fence<T>(After)];
        T[] b = [.. Fence<T>(Before), .. Values<T>(k * n, 2), .. Fence<T>(After)];
        T[] c = [.. Fence<T>(Before), .. Values<T>(m * n, 3), .. Fence<T>(After)];
        MatMulKernel.Run<V, T>(transposeA, transposeB, m, n, k, a, Before, b, Before, c, Before, accumulate);
        AssertClose<T>(expected, c.AsSpan(Before, m * n), tolerance * (k + 1));
        Assert.All(c[..Before], v => Assert.True(T.IsNaN(v)));
        Assert.All(c[^After..], v => Assert.True(T.IsNaN(v)));
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

    private static T[] Fence<T>(int count)
        where T : IBinaryFloatingPointIeee754<T> => [.. Enumerable.Repeat(T.NaN, count)];

    /// <summary>Multiples of 2⁻²⁰ in [−1, 1), which float and double hold alike.</summary>
    private static T[] Values<T>(int count, int seed)
        where T : INumberBase<T>
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => T.CreateChecked(random.Next(-1 << 20, 1 << 20) / (double)(1 << 20)))];
    }
}
