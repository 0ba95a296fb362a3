using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

/// <summary>What must hold of every family: samples. Intervals at 1e-6 with a fixed key: sharp, and never red by chance.</summary>
public class BatterySamplingTests
{
    private const int Draws = 20_000, Bins = 20;

    // The upper 1e-6 points of χ² with 19 degrees of freedom (MathNet.Numerics) and of the standard Normal, two-sided.
    private static readonly double ChiSquareLimit = MathNet.Numerics.Distributions.ChiSquared.InvCDF(Bins - 1, 1 - 1e-6);

    private static readonly RandomKey Key = RandomKey.FromSeed(11);

    [Theory]
    [MemberData(nameof(Families.Names), MemberType = typeof(Families))]
    public void Sample_WithTheSameKey_IsTheSame(string name)
    {
        Univariate d = Families.Get(name).Batch();
        Assert.Equal(d.Sample(Key, 50).ToDoubles(), d.Sample(Key, 50).ToDoubles());
        if (d is not Delta)
        {
            Assert.NotEqual(d.Sample(Key, 50).ToDoubles(), d.Sample(Key.FoldIn(1), 50).ToDoubles());
        }
    }

    [Theory]
    [MemberData(nameof(Families.Continuous), MemberType = typeof(Families))]
    public void Sample_InBinsOfEqualProbability_IsUniform(string name)
    {
        foreach (DType dtype in new[] { DType.Float64, DType.Float32 })
        {
            Univariate d = Families.Get(name).Batch(dtype);
            int batch = d.BatchShape[0];
            double[] cdf = d.Cdf(d.Sample(Key, Draws)).ToDoubles();
            for (int b = 0; b < batch; b++)
            {
                var counts = new int[Bins];
                for (int i = 0; i < Draws; i++)
                {
                    counts[Math.Min(Bins - 1, (int)(cdf[(i * batch) + b] * Bins))]++;
                }

                double expected = (double)Draws / Bins, statistic = counts.Sum(n => (n - expected) * (n - expected) / expected);
                Assert.True(statistic < ChiSquareLimit, $"{name} {b} {dtype}: χ² = {statistic:F1}, limit {ChiSquareLimit:F1}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Families.Discrete), MemberType = typeof(Families))]
    public void Sample_OfADiscreteDistribution_HasItsFrequencies(string name)
    {
        Family family = Families.Get(name);
        Univariate d = family.Batch();
        int batch = d.BatchShape[0];
        double[] draws = d.Sample(Key, Draws).ToDoubles();
        double[] mass = d.LogProb(family.Lattice(400)).Exp().ToDoubles();
        for (int b = 0; b < batch; b++)
        {
            // Outcomes with less than five expected draws share one cell.
            double statistic = 0, restExpected = 0;
            int restCount = 0, cells = 0;
            for (int k = 0; k < 400; k++)
            {
                double expected = Draws * mass[(k * batch) + b];
                int count = Enumerable.Range(0, Draws).Count(i => draws[(i * batch) + b] == k + family.FirstOutcome);
                if (expected >= 5)
                {
                    statistic += (count - expected) * (count - expected) / expected;
                    cells++;
                }
                else
                {
                    restExpected += expected;
                    restCount += count;
                }
            }

            if (restExpected >= 1)
            {
                statistic += (restCount - restExpected) * (restCount - restExpected) / restExpected;
                cells++;
            }

            double limit = MathNet.Numerics.Distributions.ChiSquared.InvCDF(Math.Max(1, cells - 1), 1 - 1e-6);
            Assert.True(statistic < limit, $"{name} {b}: χ² = {statistic:F1}, limit {limit:F1}");
        }
    }

    [Theory]
    [MemberData(nameof(Families.Reparameterized), MemberType = typeof(Families))]
    public void RSample_Values_AreThoseOfSample(string name)
    {
        Univariate d = Families.Get(name).Batch();
        Assert.Equal(d.Sample(Key, 10).ToDoubles(), d.AsReparameterized()!.RSample(Key, [10]).ToDoubles());
    }

    [Theory]
    [MemberData(nameof(Families.Discrete), MemberType = typeof(Families))]
    public void AsReparameterized_OfADiscreteDistribution_IsNull(string name) =>
        Assert.True(Families.Get(name).Batch() is var d && (d is Delta || d.AsReparameterized() is null), name);
}
