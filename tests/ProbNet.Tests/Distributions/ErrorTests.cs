using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

public class ErrorTests
{
    [Fact]
    public void Constructor_ParameterOutOfRange_NamesFamilyParameterElementAndRule()
    {
        AssertMessage<ArgumentOutOfRangeException>(
            () => _ = new Normal(Tensor.From(0f, 0f, 0f), Tensor.From(1f, -2f, 1f)),
            "Normal: scale must be above 0 and finite, but element 1 of shape [3] is -2.");
        AssertMessage<ArgumentOutOfRangeException>(() => _ = new Gamma(1, Tensor.From(double.PositiveInfinity)), "Gamma: rate must be above 0 and finite, but element 0");
        AssertMessage<ArgumentOutOfRangeException>(() => _ = Bernoulli.FromProbs(1.5), "Bernoulli: probs must lie in [0, 1], but element 0 of shape [] is 1.5.");
        AssertMessage<ArgumentOutOfRangeException>(() => _ = new Poisson(Tensor.From(1f, -1e-30f)), "Poisson: rate must not be negative");
        AssertMessage<ArgumentOutOfRangeException>(
            () => _ = new Uniform(Tensor.From(0.0, 2.0), Tensor.From(1.0, 2.0)), "Uniform: low must be below high, but element 1 of shape [2] has low 2 and high 2.");
        AssertMessage<ArgumentOutOfRangeException>(() => _ = new AffineTransform(0, Tensor.From(1.0, -1.0)), "one sign");
    }

    [Fact]
    public void Constructor_NaNParameter_IsAccepted() => Assert.True(double.IsNaN(new Normal(0, double.NaN).LogProb(0).ToScalar()));

    [Fact]
    public void Constructor_UnlikeTypesOrShapes_NamesBoth()
    {
        AssertMessage<DTypeException>(() => _ = new Normal(Tensor.From(0f), Tensor.From(1.0)), "Normal", "Float32", "Float64");
        AssertMessage<DTypeException>(() => _ = new Poisson(Tensor.From(1, 2)), "Poisson", "Int32", "Cast");
        AssertMessage<ShapeException>(() => _ = new Normal(Tensor.Zeros([3]), Tensor.Ones([4])), "[3]", "[4]");
        AssertMessage<ShapeException>(
            () => _ = new Mixture<Normal>(Tensor.Zeros([4]), new Normal(Tensor.Zeros([3]), 1)), "Mixture<Normal>", "[4]", "[3]", "last axis");
        AssertMessage<ShapeException>(() => _ = Categorical.FromLogits(1), "Categorical", "[..., classes]");
        AssertMessage<ArgumentOutOfRangeException>(() => _ = new Independent<Normal>(new Normal(0, 1), 1), "Independent", "batch shape []");
        AssertMessage<ArgumentException>(() => _ = new TransformedDistribution(new Poisson(3), new ExpTransform()), "Poisson", "density");
        AssertMessage<ArgumentException>(() => _ = new PredictiveMixture<Normal>([]), "no members");
        AssertMessage<ShapeException>(() => _ = new PredictiveMixture<Normal>([new(0, 1), new(Tensor.Zeros([2]), 1)]), "member 1", "[2]");
    }

    [Fact]
    public void LogProb_UnlikeTypesOrShapes_NamesTheMethod()
    {
        var normal = new Normal(Tensor.Zeros([3]), 1);
        AssertMessage<DTypeException>(() => normal.LogProb(Tensor.From(0.0)), "Normal.LogProb", "Float64", "Cast(DType.Float32)");
        AssertMessage<DTypeException>(() => normal.Cdf(Tensor.From(1, 2, 3)), "Normal.Cdf", "Int32");
        AssertMessage<ShapeException>(() => normal.LogProb(Tensor.Zeros([4])), "Normal.LogProb", "[4]", "[3]");
        var vector = new Independent<Normal>(normal, 1);
        AssertMessage<ShapeException>(() => vector.LogProb(Tensor.Zeros([3, 2])), "Independent<Normal>.LogProb", "[3, 2]", "event shape [3]");
        AssertMessage<DTypeException>(() => normal.Quantile(Tensor.From(0.5)), "Normal.Quantile", "Float64");
    }

    [Fact]
    public void Quantile_OfANumberThatIsNoProbability_IsRefusedWithIt()
    {
        AssertMessage<ArgumentOutOfRangeException>(() => new Normal(0, 1).Quantile(95), "Normal.Quantile: the probability is 95; it must lie in [0, 1]");
        AssertMessage<ArgumentOutOfRangeException>(() => new Truncated<Normal>(new Normal(0, 1), 0, 1).Quantile(-0.1), "Truncated<Normal>.Quantile", "-0.1");
        Assert.True(double.IsNaN(new Normal(0, 1).Quantile(Tensor.From(95f)).ToScalar()));
        Assert.True(double.IsNaN(new Normal(0, 1).Quantile(double.NaN).ToScalar()));
    }

    [Fact]
    public void Fit_ByAFunctionThatReadsMoreParametersThanAreGiven_SaysSo() => AssertMessage<ArgumentException>(
        () => Fit.MaximumLikelihood(p => new Normal(p[0], p[1]), [new("loc", 0)], Tensor.From(1.0, 2.0)),
        "Fit.MaximumLikelihood<Normal>: the function reads an element beyond the 1 parameters that are given (loc)");

    [Fact]
    public void Messages_OfGenericFamilies_NameThemAsInTheProgram() => AssertMessage<NotSupportedException>(
        () => Fit.MaximumLikelihood<Mixture<Normal>>(Tensor.From(1.0, 2.0)), "Fit.MaximumLikelihood<Mixture<Normal>>: there is no recipe");

    [Fact]
    public void Interval_LevelOutOfRange_IsRefused()
    {
        AssertMessage<ArgumentOutOfRangeException>(() => new Normal(0, 1).Interval(1), "Normal.Interval", "between 0 and 1");
        AssertMessage<ArgumentOutOfRangeException>(() => new Normal(0, 1).HighestDensityRegion(double.NaN), "Normal.HighestDensityRegion");
    }

    [Fact]
    public void LogProb_IntegerCounts_AreTaken()
    {
        var poisson = new Poisson(Tensor.From(2.0, 3.0));
        Assert.Equal(poisson.LogProb(Tensor.From(1.0, 4.0)).ToDoubles(), poisson.LogProb(Tensor.From(1L, 4L)).ToDoubles());
        Assert.Equal(DType.Int64, Categorical.FromProbs(Tensor.From(0.5f, 0.5f)).Sample(RandomKey.FromSeed(1), 3).DType);
    }

    [Fact]
    public void ToString_OfADistribution_ShowsParametersAndShapes()
    {
        Assert.Equal("Normal(loc: 0, scale: 2), batch [], event []", new Normal(0, 2).ToString());
        Assert.Equal("Normal(loc: [3], scale: 1), batch [3], event []", new Normal(Tensor.Zeros([3]), 1).ToString());
    }

    private static void AssertMessage<T>(Action action, params string[] parts) where T : Exception
    {
        T error = Assert.Throws<T>(action);
        Assert.All(parts, part => Assert.Contains(part, error.Message));
    }
}
