using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

/// <summary>
/// Random parameters and values, extreme ones too, in every family of vectors and matrices: no NaN in values, draws and their gradients, no exception, and compiled as eager.
/// PROBNET_FUZZ_PAIRS is the number of pairs a family, 500 if it is not set.
/// </summary>
public class VectorFuzzTests
{
    private const int Chunk = 10_000;

    private static int Count => FuzzPairs.IsThorough ? FuzzPairs.Count : 500;

    [Fact]
    public void Families_OfTheTable_AllHaveAPlaceInTheFuzz() =>
        Assert.All(MultivariateCases.All, family => Assert.True(VectorFuzzPairs.Knows(family.Name), family.Name));

    [Theory]
    [MemberData(nameof(MultivariateCases.Names), MemberType = typeof(MultivariateCases))]
    public void LogProb_OfRandomPairs_AndItsGradientAreNotNaN(string name) => ForAll(name, 41, pairs =>
    {
        pairs.AssertNoNaN("LogProb", pairs.Create().LogProb(pairs.Values));
        pairs.AssertNoNaN("LogDensity", pairs.Create().LogDensity(pairs.Inside));
        pairs.AssertGradients("LogProb", x => pairs.From(x).LogProb(x[^1]));
    });

    [Theory]
    [MemberData(nameof(MultivariateCases.Names), MemberType = typeof(MultivariateCases))]
    public void Sample_OfRandomParameters_AndItsGradientAreNotNaN(string name) => ForAll(name, 42, pairs =>
    {
        pairs.AssertNoNaN("Sample", pairs.Create().Sample(RandomKey.FromSeed(5)).Cast(pairs.Values.DType));
        if (pairs.Create().AsReparameterized() is not null)
        {
            pairs.AssertGradients("RSample", x => pairs.From(x).AsReparameterized()!.RSample(RandomKey.FromSeed(5)));
        }
    });

    [Theory]
    [MemberData(nameof(MultivariateCases.Names), MemberType = typeof(MultivariateCases))]
    public void Compiled_LogProbOfRandomPairs_IsTheEagerAnswerAndNotNaN(string name)
    {
        foreach (DType dtype in new[] { DType.Float64, DType.Float32 })
        {
            VectorFuzzPairs pairs = VectorFuzzPairs.Draw(MultivariateCases.Get(name), RandomKey.FromSeed(43), 100, dtype);
            (Tensor[] inputs, int moving) = pairs.Inputs;
            FuzzCompiled.AssertAgrees($"{name} {dtype}", [("LogProb", x => pairs.From(x).LogProb(x[^1]))], inputs, moving);
        }
    }

    private static void ForAll(string name, ulong seed, Action<VectorFuzzPairs> check)
    {
        for (int done = 0; done < Count; done += Chunk)
        {
            foreach (DType dtype in new[] { DType.Float64, DType.Float32 })
            {
                check(VectorFuzzPairs.Draw(MultivariateCases.Get(name), RandomKey.FromSeed(seed).FoldIn((ulong)done), Math.Min(Chunk, Count - done), dtype));
            }
        }
    }
}
