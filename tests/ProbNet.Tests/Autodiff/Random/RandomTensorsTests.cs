using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

public class RandomTensorsTests
{
    private const int Count = 40_000;
    private static readonly RandomKey Key = RandomKey.FromSeed(5);

    // Means and variances of the parameter-free draws, against intervals at 1e-6 (4.9 standard errors).
    public static TheoryData<string, double, double> Moments => new()
    {
        { "Uniform", 0.5, 1.0 / 12 }, { "UniformOpen", 0.5, 1.0 / 12 }, { "Normal", 0, 1 }, { "Exponential", 1, 1 },
        { "Gumbel", 0.57721566490153286, Math.PI * Math.PI / 6 },
    };

    [Theory]
    [MemberData(nameof(Moments))]
    public void Draws_MeanAndVariance_AreRight(string name, double mean, double variance)
    {
        foreach (DType dtype in new[] { DType.Float32, DType.Float64 })
        {
            Tensor x = Draw(name, [Count], dtype);
            Assert.Equal(dtype, x.DType);
            Assert.InRange(x.Cast(DType.Float64).Mean().ToScalar(), mean - (4.9 * Math.Sqrt(variance / Count)), mean + (4.9 * Math.Sqrt(variance / Count)));
            Assert.InRange(x.Cast(DType.Float64).Var().ToScalar() / variance, 0.9, 1.1);
            Assert.Equal(x.ToDoubles(), Draw(name, [Count], dtype).ToDoubles());
        }
    }

    [Fact]
    public void LogGammaAndPoisson_OfATensor_DrawForEachElement()
    {
        Tensor concentration = Tensor.From(0.01, 2.0, 50), logs = Key.LogGamma(concentration, [Count]);
        Assert.Equal<Shape>([Count, 3], logs.Shape);
        Assert.True((bool)logs.IsFinite().All());

        // E[ln X] = ψ(a), Var[ln X] = ψ′(a).
        Tensor error = (logs.Mean(0) - concentration.Digamma()).Abs() / (concentration.Trigamma() / Count).Sqrt();
        Assert.True((bool)(error < 4.9).All(), $"{error}");

        Tensor rate = Tensor.From(0f, 3, 500), counts = Key.Poisson(rate, [Count]);
        Assert.Equal(DType.Float32, counts.DType);
        Tensor off = (counts.Mean(0) - rate).Abs();
        Assert.True((bool)(off <= 4.9 * (rate / Count).Sqrt()).All(), $"{off}");
    }

    [Fact]
    public void IntegersAndPermutation_CoverTheirRange()
    {
        Tensor n = Key.Integers(-2, 3, [1000]);
        Assert.Equal(DType.Int64, n.DType);
        Assert.Equal([-2L, -1, 0, 1, 2], n.ToArray<long>().Distinct().Order());
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (long)i), Key.Permutation(100).ToArray<long>().Order());
        Assert.NotEqual(Key.Permutation(100).ToArray<long>(), Key.FoldIn(1).Permutation(100).ToArray<long>());
    }

    [Fact]
    public void Draws_OfImpossibleKinds_AreRefused()
    {
        Assert.Contains("Int64", Assert.Throws<DTypeException>(() => Key.Normal([2], DType.Int64)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Key.Integers(3, 3, [2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Key.Permutation(-1));
        Assert.Throws<DTypeException>(() => Key.Poisson(Tensor.From(1, 2)));
    }

    private static Tensor Draw(string name, Shape shape, DType dtype) => name switch
    {
        "Uniform" => Key.Uniform(shape, dtype),
        "UniformOpen" => Key.UniformOpen(shape, dtype),
        "Normal" => Key.Normal(shape, dtype),
        "Exponential" => Key.Exponential(shape, dtype),
        _ => Key.Gumbel(shape, dtype),
    };
}
