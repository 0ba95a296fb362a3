using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

public class RejectionTests
{
    private const int Count = 100_000;

    private static readonly RandomKey Key = RandomKey.FromSeed(99);

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.7)]
    [InlineData(1.0)]
    [InlineData(2.5)]
    [InlineData(80.0)]
    [InlineData(1e6)]
    public void LogGamma_Samples_FollowTheGammaDistribution(double concentration)
    {
        double[] log = Gamma(concentration, Count);

        SampleTests.ChiSquaredUniform([.. log.Select(v => Special.GammaP(concentration, Math.Exp(v)))]);

        // E log X = ψ(a), Var log X = ψ′(a); E X = Var X = a.
        SampleTests.Mean(log, Special.Digamma(concentration), Math.Sqrt(Special.Trigamma(concentration)));
        SampleTests.Mean([.. log.Select(Math.Exp)], concentration, Math.Sqrt(concentration));
    }

    // Beyond 2⁷ the logarithm itself is too coarse for 64 bins of a float.
    [Theory]
    [InlineData(0.05)]
    [InlineData(0.7)]
    [InlineData(1.0)]
    [InlineData(2.5)]
    [InlineData(80.0)]
    public void LogGamma_OfFloats_FollowTheGammaDistribution(double concentration)
    {
        var log = new float[Count];
        RandomFill.LogGamma(Key, Array.ConvertAll(Repeat(concentration), a => (float)a), log);

        // The concentration is rounded too.
        double a = (float)concentration;
        SampleTests.ChiSquaredUniform([.. log.Select(v => Special.GammaP(a, Math.Exp(v)))]);
        SampleTests.Mean([.. log.Select(v => (double)v)], Special.Digamma(a), Math.Sqrt(Special.Trigamma(a)));
    }

    [Fact]
    public void LogGamma_OfFloatsBeyondOrWithoutShape_IsThatOfDoubles()
    {
        float[] shapes = [0, -1, float.NaN, float.PositiveInfinity, 1e30f, 3e38f, 1], log = new float[shapes.Length];
        RandomFill.LogGamma(Key, shapes, log);
        Assert.Equal([float.NegativeInfinity, float.NaN, float.NaN, float.NaN, (float)Math.Log(1e30f), (float)Math.Log(3e38f)], log[..^1]);
        Assert.True(float.IsFinite(log[^1]));
    }

    [Fact]
    public void LogGamma_TinyConcentration_StaysFinite()
    {
        // X^a → U as a → 0, so a log X has mean −1 and standard deviation 1, where X itself is 10^(−10,000).
        double[] log = Gamma(1e-5, Count);

        Assert.True(log.All(double.IsFinite));
        SampleTests.Mean([.. log.Select(v => 1e-5 * v)], 1e-5 * Special.Digamma(1e-5), 1);
    }

    [Theory]
    [InlineData(1e16)]
    [InlineData(1e33)]
    [InlineData(1e160)]
    public void VonMises_HugeConcentration_IsANormalOfThatPrecision(double concentration)
    {
        double[] x = new double[10_000];
        RandomFill.VonMises(Key, Repeat(concentration)[..x.Length], x);

        // θ·√κ is standard Normal: the mean of its square is 1 with standard deviation √(2/n); 5 of them are exceeded once in two million.
        Assert.Equal(1, x.Average(theta => theta * theta * concentration), 5 * Math.Sqrt(2.0 / x.Length));
    }

    [Fact]
    public void LogGamma_ElementsOfOtherConcentrations_DoNotMove()
    {
        double[] alone = Gamma(0.4, 50);
        double[] mixed = new double[50];
        RandomFill.LogGamma(Key, [.. Enumerable.Range(0, 50).Select(i => i % 2 == 0 ? 0.4 : 1 + i)], mixed);
        for (int i = 0; i < 50; i += 2)
        {
            Assert.Equal(alone[i], mixed[i]);
        }
    }

    [Theory]
    [InlineData(0.0, double.NegativeInfinity)]
    [InlineData(-1.0, double.NaN)]
    [InlineData(double.NaN, double.NaN)]
    [InlineData(double.PositiveInfinity, double.NaN)]
    public void LogGamma_NoShape_IsDecided(double concentration, double expected) => Assert.Equal([expected], Gamma(concentration, 1));

    [Fact]
    public void LogGamma_HugeConcentration_IsTheLogOfItself() => SpecialAssert.Close(Math.Log(1e300), Gamma(1e300, 1)[0], 1e-14);

    [Theory]
    [InlineData(0.3)]
    [InlineData(4.0)]
    [InlineData(9.9)]
    [InlineData(10.0)]
    [InlineData(23.7)]
    [InlineData(1000.0)]
    public void Poisson_Samples_FollowThePoissonDistribution(double rate)
    {
        var x = new double[Count];
        RandomFill.Poisson(Key, Repeat(rate), x);

        // Neighbouring counts share a cell until it expects 20: P(X ≤ k) = Q(k + 1, λ).
        var cellOf = new Dictionary<double, int>();
        var expected = new List<double> { 0 };
        double below = 0;
        for (int k = 0; Count * (1 - below) > 20; k++)
        {
            double cdf = Special.GammaQ(k + 1, rate);
            cellOf[k] = expected.Count - 1;
            expected[^1] += Count * (cdf - below);
            below = cdf;
            if (expected[^1] > 20)
            {
                expected.Add(0);
            }
        }

        expected[^1] += Count * (1 - below);
        if (expected[^1] < 5)
        {
            expected[^2] += expected[^1];
            expected.RemoveAt(expected.Count - 1);
        }

        var counts = new double[expected.Count];
        foreach (double k in x)
        {
            int last = expected.Count - 1;
            counts[Math.Min(cellOf.GetValueOrDefault(k, last), last)]++;
        }

        Assert.True(x.All(k => k >= 0 && k == Math.Floor(k)));
        SampleTests.ChiSquared(counts, [.. expected]);
        SampleTests.Mean(x, rate, Math.Sqrt(rate));
    }

    [Fact]
    public void Poisson_VeryLargeRate_HasItsMomentsToo()
    {
        const double Rate = 1e14;
        var x = new double[Count];
        RandomFill.Poisson(Key, Repeat(Rate), x);

        // (X − λ)/√λ is standard normal to 1e-7.
        double[] z = [.. x.Select(v => (v - Rate) / Math.Sqrt(Rate))];
        SampleTests.ChiSquaredUniform([.. z.Select(Special.NormalCdf)]);
        SampleTests.Mean([.. z.Select(v => v * v)], 1, Math.Sqrt(2));
    }

    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(-1.0, double.NaN)]
    [InlineData(double.NaN, double.NaN)]
    [InlineData(double.PositiveInfinity, double.NaN)]
    public void Poisson_NoRate_IsDecided(double rate, double expected)
    {
        var x = new double[1];
        RandomFill.Poisson(Key, [rate], x);
        Assert.Equal([expected], x);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-3, 4)]
    [InlineData(0, 97)]
    [InlineData(long.MinValue, long.MaxValue)]
    public void Integers_Samples_AreUniform(long low, long high)
    {
        var x = new long[Count];
        RandomFill.Integers(Key, x, low, high);

        Assert.True(x.All(v => v >= low && v < high));
        int bins = (int)Int128.Min((Int128)high - low, 128);
        var counts = new double[bins];
        foreach (long v in x)
        {
            counts[(int)(((Int128)v - low) * bins / ((Int128)high - low))]++;
        }

        if (bins > 1)
        {
            SampleTests.ChiSquared(counts, [.. counts.Select(_ => (double)Count / bins)]);
        }
    }

    [Fact]
    public void Integers_UnevenRange_IsUnbiased()
    {
        // 3·2⁶² values: without rejection, a quarter of them would come twice as often as the rest.
        var x = new long[Count];
        RandomFill.Integers(Key, x, long.MinValue, 1L << 62);
        var counts = new double[3];
        foreach (long v in x)
        {
            counts[(int)(((Int128)v - long.MinValue) / (1L << 62))]++;
        }

        SampleTests.ChiSquared(counts, [Count / 3.0, Count / 3.0, Count / 3.0]);
        var parity = new double[3];
        foreach (long v in x)
        {
            parity[(int)(((ulong)v - unchecked((ulong)long.MinValue)) % 3)]++;
        }

        SampleTests.ChiSquared(parity, [Count / 3.0, Count / 3.0, Count / 3.0]);
    }

    [Fact]
    public void Integers_EmptyRange_NamesBothEnds()
    {
        var error = Assert.Throws<ArgumentException>(() => RandomFill.Integers(Key, new long[1], 3, 3));
        Assert.Contains("low is 3 and high is 3", error.Message);
    }

    [Fact]
    public void Permutation_OfFour_GivesEachOrderAlike()
    {
        const int Trials = 48_000;
        var counts = new Dictionary<string, double>();
        var order = new int[4];
        foreach (RandomKey key in Key.Split(Trials))
        {
            RandomFill.Permutation(key, order);
            string name = string.Join(',', order);
            counts[name] = counts.GetValueOrDefault(name) + 1;
        }

        Assert.Equal(24, counts.Count);
        SampleTests.ChiSquared([.. counts.Values], [.. counts.Select(_ => Trials / 24.0)]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public void Permutation_AnyLength_HoldsEachIndexOnce(int length)
    {
        var order = new int[length];
        RandomFill.Permutation(Key, order);
        Assert.Equal(Enumerable.Range(0, length), order.Order());
        Assert.True(length < 2 || !order.SequenceEqual(Enumerable.Range(0, length)));
    }

    [Fact]
    public void Parameters_OfAnotherLength_AreRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => RandomFill.Poisson(Key, new double[2], new double[3]));
        Assert.Equal("Poisson: 2 parameters for 3 samples; give one for each.", error.Message);
    }

    private static double[] Gamma(double concentration, int count)
    {
        var x = new double[count];
        RandomFill.LogGamma(Key, Repeat(concentration)[..count], x);
        return x;
    }

    private static double[] Repeat(double value)
    {
        var values = new double[Count];
        Array.Fill(values, value);
        return values;
    }
}
