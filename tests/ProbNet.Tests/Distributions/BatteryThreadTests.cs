using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

/// <summary>What must hold of every family: the draws of a key are the same on any number of threads.</summary>
[Collection("Workers")]
public class BatteryThreadTests
{
    // With three parameters each, enough elements that all samplers share them out.
    private const int Draws = 3_000;

    private static readonly RandomKey Key = RandomKey.FromSeed(12);

    [Theory]
    [MemberData(nameof(Families.Names), MemberType = typeof(Families))]
    public void Sample_OneTwoOrFourThreads_GivesTheSameBits(string name)
    {
        Family family = Families.Get(name);
        foreach (DType dtype in new[] { DType.Float64, DType.Float32 })
        {
            AssertSame(() => family.Batch(dtype).Sample(Key, Draws));
        }
    }

    [Theory]
    [MemberData(nameof(MultivariateCases.Names), MemberType = typeof(MultivariateCases))]
    public void Sample_OfVectorsOnOneTwoOrFourThreads_GivesTheSameBits(string name) =>
        AssertSame(() => MultivariateCases.Get(name).Batch().Sample(Key, Draws / 5));

    private static void AssertSame(Func<Tensor> draw)
    {
        int threads = Workers.Threads;
        try
        {
            double[][] draws = [.. new[] { 1, 2, 4 }.Select(count =>
            {
                Workers.Threads = count;
                return draw().ToDoubles();
            })];
            Assert.Equal(draws[0], draws[1]);
            Assert.Equal(draws[0], draws[2]);
        }
        finally
        {
            Workers.Threads = threads;
        }
    }
}
