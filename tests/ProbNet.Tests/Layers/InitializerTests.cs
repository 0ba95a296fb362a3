using ProbNet.Autodiff;
using ProbNet.Layers;

namespace ProbNet.Tests.Layers;

public class InitializerTests
{
    private const int FanIn = 300, FanOut = 500;

    // Kurtosis of the two families that weights are drawn from.
    private const double Normal = 3, Uniform = 1.8;

    private static readonly RandomKey s_key = RandomKey.FromSeed(7);

    public static TheoryData<string, double, double> Variances => new()
    {
        { "glorot_uniform", 2.0 / (FanIn + FanOut), Uniform },
        { "glorot_normal", 2.0 / (FanIn + FanOut), Normal },
        { "he_uniform", 2.0 / FanIn, Uniform },
        { "he_normal", 2.0 / FanIn, Normal },
        { "lecun_uniform", 1.0 / FanIn, Uniform },
        { "lecun_normal", 1.0 / FanIn, Normal },
    };

    [Theory]
    [MemberData(nameof(Variances))]
    public void Create_Scaled_HasMeanZeroAndTheVarianceOfItsFan(string name, double variance, double kurtosis) =>
        AssertMoments(LayerRegistry.CreateInitializer(new LayerDescription(name)), variance, kurtosis);

    [Fact]
    public void Create_GivenSpread_HasItsVariance()
    {
        AssertMoments(Initializer.RandomNormal(0.3), 0.09, Normal);
        AssertMoments(Initializer.RandomUniform(0.3), 0.09 / 3, Uniform);
    }

    [Theory]
    [InlineData(7, 4)]
    [InlineData(4, 7)]
    [InlineData(5, 5)]
    public void Create_Orthogonal_HasOrthonormalRowsOrColumnsTimesItsGain(int rows, int columns)
    {
        Tensor w = Initializer.Orthogonal(gain: 2).Create([rows, columns], s_key, DType.Float64);

        Tensor product = rows >= columns ? w.Transpose().MatMul(w) : w.MatMul(w.Transpose());

        int n = Math.Min(rows, columns);
        Assert.All(product.ToDoubles().Select((value, i) => (value, i)), p => Assert.Equal(p.i / n == p.i % n ? 4 : 0, p.value, 1e-12));
    }

    [Fact]
    public void Create_Orthogonal_HasSignsOfBothKinds()
    {
        // Uniformly distributed on the orthogonal group, the first element is positive with probability ½: 128 ± 4.9·8 of 256 draws.
        int positive = Enumerable.Range(0, 256).Count(i => Initializer.Orthogonal().Create([3, 3], s_key.FoldIn((ulong)i), DType.Float64).ToDoubles()[0] > 0);

        Assert.InRange(positive, 89, 167);
    }

    [Fact]
    public void Describe_ThroughTheRegistry_MakesTheSameInitializer()
    {
        foreach (Initializer initializer in (Initializer[])
            [Initializer.GlorotUniform, Initializer.Zeros, Initializer.Constant(0.1), Initializer.RandomNormal(0.2), Initializer.RandomUniform(0.3), Initializer.Orthogonal(1.4)])
        {
            Initializer copy = LayerRegistry.CreateInitializer(LayerDescription.FromJson(initializer.Describe().ToJson()));

            Assert.Equal(
                initializer.Create([3, 2], s_key, DType.Float64).ToDoubles(), copy.Create([3, 2], s_key, DType.Float64).ToDoubles());
        }
    }

    [Fact]
    public void Create_SpreadOutOfRange_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Initializer.RandomNormal(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Initializer.RandomUniform(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Initializer.Orthogonal(double.PositiveInfinity));
    }

    private static void AssertMoments(Initializer initializer, double variance, double kurtosis)
    {
        double[] w = initializer.Create([FanIn, FanOut], s_key, DType.Float64).ToDoubles();
        double mean = w.Average(), found = w.Average(x => x * x);

        // Both are sums of many independent terms: 4.9 standard deviations leave out 1e-6.
        double meanError = Math.Sqrt(variance / w.Length), varianceError = variance * Math.Sqrt((kurtosis - 1) / w.Length);
        Assert.InRange(mean, -4.9 * meanError, 4.9 * meanError);
        Assert.InRange(found - variance, -4.9 * varianceError, 4.9 * varianceError);
    }
}
