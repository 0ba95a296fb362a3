using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Tests.Autodiff;
using ProbNet.Tests.Repository;

namespace ProbNet.Tests.Distributions;

/// <summary>What must hold of every family: the draws of a key are the same on any number of threads.</summary>
[Collection(nameof(AloneCollection))]
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

    private static void AssertSame(Func<Tensor> draw) => ThreadCounts.AssertSameBits(() => draw().ToDoubles());
}
