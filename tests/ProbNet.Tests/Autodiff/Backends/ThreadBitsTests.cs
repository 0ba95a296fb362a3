using ProbNet.Autodiff;
using ProbNet.Tests.Repository;

namespace ProbNet.Tests.Autodiff;

/// <summary>One, two and four threads give the same bits: products, reductions, elementwise loops and the optimizer's pass.</summary>
[Collection(nameof(AloneCollection))]
public class ThreadBitsTests
{
    [Theory]
    [InlineData(300, 200, 500)]
    [InlineData(32, 3000, 100)]
    [InlineData(100_000, 3, 7)]
    [InlineData(5000, 1, 400)]
    public void Product_OneTwoOrFourThreads_GivesTheSameBits(int m, int n, int k)
    {
        float[] a = Values(m * k, 1), b = Values(k * n, 2);
        foreach (bool transposeB in new[] { false, true })
        {
            ThreadCounts.AssertSameBits(() =>
            {
                float[] c = new float[m * n];
                MatMulKernel.Run(false, transposeB, m, n, k, a, 0, b, 0, c, 0);
                return c;
            });
        }
    }

    [Theory]
    [InlineData(64, 64, 20_000)]
    [InlineData(10, 10, 70_001)]
    [InlineData(300, 200, 128)]
    [InlineData(64, 330, 410)]
    [InlineData(300, 64, 300)]
    public unsafe void Task_OneTwoOrFourThreads_GivesTheSameBits(int m, int n, int k)
    {
        float[] a = Values(m * k, 1), b = Values(k * n, 2), scratch = new float[MatMulTask<float>.ScratchLength(m, n, k) + 1];
        ThreadCounts.AssertSameBits(() =>
        {
            float[] c = new float[m * n];
            fixed (float* left = a, right = b, result = c, start = scratch)
            {
                var task = new MatMulTask<float>(true, false, m, n, k, left, right, result, false, start);
                Assert.True(task.Tiles > 1);
                var packing = new PackJob(task);
                Workers.Run(task.Packs, ref packing);
                Workers.Run(task.Tiles, ref task);
            }

            return c;
        });
    }

    [Fact]
    public void Reductions_OneTwoOrFourThreads_GiveTheSameBits()
    {
        const int Rows = 700, Columns = 901;
        float[] x = Values(Rows * Columns, 9);
        ThreadCounts.AssertSameBits(() =>
        {
            float[] rows = new float[Rows], columns = new float[Columns], soft = new float[Rows * Columns];
            ReductionLoop.Rows<SumReduction, float>(x, rows, Rows, Columns);
            ReductionLoop.Middle<SumReduction, float>(x, columns, 1, Rows, Columns);
            ReductionLoop.SoftmaxRows<Lanes512<float>, float>(x, soft, Rows, Columns);
            return (float[])[.. rows, .. columns, .. soft];
        });
    }

    [Fact]
    public void LongTensors_OneTwoOrFourThreads_GiveTheSameBits()
    {
        // Longer than four tiles of the vector loops and not a whole number of them.
        Tensor x = Tensor.Linspace(-4, 4, (1 << 17) + 77), y = x + 0.5;
        ThreadCounts.AssertSameBits(() => ((x.Exp() * y + x.Square() / 3).Pow(1.5) + y.NormalLogCdf()).ToArray<float>());

        // Each part of a long tensor is what it is alone.
        Assert.Equal(x[..1000].Exp().ToArray<float>(), x.Exp()[..1000].ToArray<float>());
        Assert.Equal(x[^1000..].Exp().ToArray<float>(), x.Exp()[^1000..].ToArray<float>());
    }

    [Fact]
    public void OptimizerStep_OneTwoOrFourThreads_GivesTheSameBits()
    {
        Tensor value = RandomKey.FromSeed(1).Normal([200_003]), gradient = RandomKey.FromSeed(2).Normal([200_003]);
        ThreadCounts.AssertSameBits(() =>
        {
            var parameter = new Parameter("w", value);
            new Adam(0.01).Step([parameter], [gradient]);
            return parameter.Value.ToArray<float>();
        });
    }

    private static float[] Values(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(-1 << 20, 1 << 20) / (float)(1 << 20))];
    }

    private readonly struct PackJob(MatMulTask<float> task) : ITileJob
    {
        public void Execute(int tile) => task.Pack(tile);
    }
}
