using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

/// <summary>
/// Random parameters and values, extreme ones too, in every family: no NaN in values or gradients, no exception. PROBNET_FUZZ_PAIRS is the number of pairs a
/// family, 2,000 if it is not set; the other methods take a hundredth of it, or a few if it is not set.
/// </summary>
public class FuzzTests
{
    private const int Chunk = 50_000, MethodChunk = 1000;

    [Fact]
    public void Families_OfTheTable_AllHaveAPlaceInTheFuzz() => Assert.All(Families.All, family => Assert.True(FuzzPairs.Knows(family.Name), family.Name));

    [Theory]
    [MemberData(nameof(Families.Names), MemberType = typeof(Families))]
    public void LogProb_OfRandomPairs_AndItsGradientAreNotNaN(string name)
    {
        Family family = Families.Get(name);
        for (int done = 0; done < FuzzPairs.Count; done += Chunk)
        {
            foreach (DType dtype in new[] { DType.Float64, DType.Float32 })
            {
                FuzzPairs pairs = FuzzPairs.Draw(family, RandomKey.FromSeed(2026).FoldIn((ulong)done), Math.Min(Chunk, FuzzPairs.Count - done), dtype);
                pairs.AssertNoNaN("LogProb", pairs.Create().LogProb(pairs.Values));
                pairs.AssertGradients("LogProb", static (d, x) => d.LogProb(x));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Families.Names), MemberType = typeof(Families))]
    public void OtherMethods_OfRandomPairs_AreNotNaN(string name)
    {
        foreach (bool integral in new[] { false, true })
        {
            // Without a size, few where an answer takes hundreds of quantiles, and none where these are searched for.
            bool direct = Families.Get(name).Batch() is { QuantileEvidence: Evidence.Exact, Measure: Measure.Lebesgue };
            int all = FuzzPairs.IsThorough ? Math.Max(1, FuzzPairs.Count / 100) : direct ? integral ? 10 : 100 : integral ? 0 : 20;
            for (int done = 0; done < all; done += MethodChunk)
            {
                foreach (DType dtype in new[] { DType.Float64, DType.Float32 })
                {
                    FuzzPairs pairs = FuzzPairs.Draw(Families.Get(name), RandomKey.FromSeed(7).FoldIn((ulong)done), Math.Min(MethodChunk, all - done), dtype);
                    foreach (FuzzMethod method in FuzzMethods.All.Where(method => method.IsIntegral == integral))
                    {
                        method.Check(pairs);
                    }
                }
            }
        }
    }
}
