using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

public class WrapperTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(3);

    [Fact]
    public void Independent_LogProb_SumsOverTheEventAndTreatsItAsOne()
    {
        var coordinates = new Exponential(Tensor.From(1.0, 2, 3, 4, 5, 6).Reshape(3, 2));
        var vector = new Independent<Exponential>(coordinates, 1);
        Assert.Equal<Shape>([3], vector.BatchShape);
        Assert.Equal<Shape>([2], vector.EventShape);
        Tensor x = vector.Sample(Key, 5);
        Assert.Equal<Shape>([5, 3, 2], x.Shape);
        BatteryTests.AssertClose(coordinates.LogProb(x).Sum(-1), vector.LogProb(x), 1e-14, 0);
        BatteryTests.AssertClose(coordinates.Entropy().Value.Sum(-1), vector.Entropy(), 1e-14, 0);

        // One coordinate outside puts the whole outcome outside; one that is NaN makes it NaN.
        double[] edge = vector.LogProb(Tensor.From(-1.0, 1, 1, 1, double.NaN, 1).Reshape(3, 2)).ToDoubles();
        Assert.Equal(double.NegativeInfinity, edge[0]);
        Assert.True(double.IsFinite(edge[1]));
        Assert.True(double.IsNaN(edge[2]));
    }

    [Fact]
    public void Mixture_WithSharedComponents_DrawsEachRowAnew()
    {
        // Components of batch [1, 2] serve three rows of logits: the rows must not share draws.
        var mixture = new Mixture<Normal>(Tensor.Zeros([3, 2], DType.Float64), new Normal(Tensor.From(0.0, 5).Reshape(1, 2), 1));
        Tensor x = mixture.Sample(Key, 4000);
        Assert.Equal<Shape>([4000, 3], x.Shape);
        Tensor centred = x - x.Mean(0, keepDims: true);
        Tensor correlation = (centred[.., 0] * centred[.., 1]).Mean() / (centred[.., 0].Square().Mean() * centred[.., 1].Square().Mean()).Sqrt();

        // 1/√4000 times the two-sided 1e-6 point of the Normal, 4.9.
        Assert.InRange(correlation.ToScalar(), -0.078, 0.078);
    }

    [Fact]
    public void Mixture_SeparatedByAMillionScales_HasTheRightQuantilesAndCrps()
    {
        var mixture = new Mixture<Normal>(Tensor.Scalar(0, DType.Float64) + Tensor.From(Math.Log(0.3), Math.Log(0.7)), new Normal(Tensor.From(0.0, 1e6), 1));

        // Quantile 0.15 is the median of the first component, 0.65 that of the second.
        BatteryTests.AssertClose(Tensor.From(0, 1e6), mixture.Quantile(Tensor.From(0.15, 0.65)), 1e-6, 1e-12);

        // The pair far apart: 0.7·1e6 − ½·2·0.21·1e6 and the components' own spread, which is of the order of 1.
        Assert.Equal(0.49e6, mixture.Crps(0).ToScalar(), 1.0);
    }

    [Fact]
    public void Mixture_OfEqualComponents_IsTheComponent()
    {
        var logistic = new Logistic(Tensor.From(1.0, 1, 1), Tensor.From(2.0, 2, 2));
        var mixture = new Mixture<Logistic>(Tensor.From(0.1, 1, -2), logistic);
        var one = new Logistic(Tensor.Scalar(1, DType.Float64), 2);
        Tensor x = Tensor.Linspace(-9, 12, 8, DType.Float64);
        BatteryTests.AssertClose(one.LogProb(x), mixture.LogProb(x), 1e-13, 0);
        BatteryTests.AssertClose(one.Crps(x), mixture.Crps(x), 1e-12, 0);
        BatteryTests.AssertClose(one.Entropy(), mixture.Entropy(), 1e-8, 0);
        BatteryTests.AssertClose(one.Mode, mixture.Mode, 1e-6, 0);
    }

    [Fact]
    public void PredictiveMixture_Uncertainty_IsTheLawOfTotalVariance()
    {
        var mixture = new PredictiveMixture<Normal>([new(Tensor.From(0.0, 1), 1), new(Tensor.From(2.0, 1), 3)]);
        Uncertainty parts = mixture.Uncertainty();

        // Variances 1 and 9; means 0 and 2, then 1 and 1.
        BatteryTests.AssertClose(Tensor.From(5.0, 5), parts.Aleatoric, 1e-14, 0);
        BatteryTests.AssertClose(Tensor.From(1.0, 0), parts.Epistemic, 1e-14, 0);
        BatteryTests.AssertClose(mixture.Variance(), parts.Total, 1e-14, 0);
    }

    [Fact]
    public void PredictiveMixture_OfCategoricals_HasTheMeanProbabilities()
    {
        var mixture = new PredictiveMixture<Categorical>([Categorical.FromProbs(Tensor.From(1.0, 0, 0)), Categorical.FromProbs(Tensor.From(0, 0.5, 0.5))]);
        BatteryTests.AssertClose(Tensor.From(0.5, 0.25, 0.25), mixture.LogProb(Tensor.From(0.0, 1, 2)).Exp(), 1e-15, 0);
        Uncertainty nats = mixture.UncertaintyInNats();

        // Entropy of (½, ¼, ¼) is 1.5 ln 2; the members' are 0 and ln 2.
        Assert.Equal(1.5 * Math.Log(2), nats.Total.ToScalar(), 12);
        Assert.Equal(0.5 * Math.Log(2), nats.Aleatoric.ToScalar(), 12);
        Assert.Equal(Math.Log(2), nats.Epistemic.ToScalar(), 12);
        Assert.Equal(DType.Int64, mixture.Sample(Key, 3).DType);
    }

    [Fact]
    public void Rescaling_EveryFamilyThatAllowsIt_IsTheChangeOfVariables()
    {
        Tensor one = Tensor.Ones([2], DType.Float64), half = Tensor.From(0.5, 2.0);
        Check(new Normal(one, half), 3, 2);
        Check(new StudentT(5 * one, one, half), 3, 2);
        Check(new Laplace(one, half), 3, 2);
        Check(new Logistic(one, half), 3, 2);
        Check(new Uniform(one, one + half), 3, 2);
        CheckScale(new LogNormal(one, half), 2);
        CheckScale(new Exponential(half), 2);
        CheckScale(new Gamma(half, one), 2);
        var mixture = new Mixture<Normal>(Tensor.From(0.0, 1), new Normal(one, half));
        Tensor x = Tensor.Linspace(0.1, 9, 5, DType.Float64);
        BatteryTests.AssertClose(mixture.LogProb((x - 3) / 2) - Math.Log(2), mixture.AffineTransform(3, 2).LogProb(x), 1e-13, 0);

        static void Check<T>(T distribution, double loc, double scale) where T : Univariate, ILocationScale<T>
        {
            Tensor x = distribution.Quantile(Tensor.From(0.1, 0.6).Reshape(2, 1));
            BatteryTests.AssertClose(
                distribution.LogProb(x) - Math.Log(scale), distribution.AffineTransform(loc, scale).LogProb(loc + (scale * x)), 1e-12, 0);
            CheckScale(distribution, scale);
        }

        static void CheckScale<T>(T distribution, double scale) where T : Univariate, IScale<T>
        {
            Tensor x = distribution.Quantile(Tensor.From(0.1, 0.6).Reshape(2, 1));
            BatteryTests.AssertClose(distribution.LogProb(x) - Math.Log(scale), distribution.ScaleTransform(scale).LogProb(scale * x), 1e-12, 0);
        }
    }

    [Fact]
    public void Transforms_AndTheirComposition_InvertAndMatchTheJacobian()
    {
        Transform[] transforms =
        [
            new AffineTransform(Tensor.From(1.0, -2, 0), Tensor.From(-0.5, -3, -1)), new ExpTransform(),
            new AffineTransform(Tensor.Scalar(0.3, DType.Float64), 0.7).Then(new ExpTransform()),
            new ExpTransform().Then(new AffineTransform(Tensor.Scalar(2, DType.Float64), 5)),
        ];
        Tensor x = Tensor.From(-1.5, 0.2, 3);
        foreach (Transform transform in transforms)
        {
            (Tensor y, Tensor logDet) = transform.ForwardAndLogDet(x);
            BatteryTests.AssertClose(x, transform.Inverse(y), 1e-13, 1e-13);
            BatteryTests.AssertClose(y, transform.Forward(x), 0, 0);
            BatteryTests.AssertClose(-logDet, transform.InverseAndLogDet(y).LogDet, 1e-13, 0);
            Tensor slopes = Gradient.Of(z => transform.Forward(z).Sum(), x);
            BatteryTests.AssertClose(slopes.Abs().Log(), logDet, 1e-13, 0);
            Assert.Equal(transform.IsIncreasing, slopes.ToDoubles()[0] > 0);
        }
    }

    [Fact]
    public void TransformedDistribution_ExpOfNormal_IsLogNormal()
    {
        Tensor loc = Tensor.From(0.0, 1, -2), scale = Tensor.From(0.5, 1, 0.1);
        var transformed = new TransformedDistribution(new Normal(loc, scale), new ExpTransform());
        var closed = new LogNormal(loc, scale);
        Tensor x = closed.Quantile(Tensor.From(1e-9, 0.3, 0.999).Reshape(3, 1));
        BatteryTests.AssertClose(closed.LogProb(x), transformed.LogProb(x), 1e-12, 0);
        BatteryTests.AssertClose(closed.LogCdf(x), transformed.LogCdf(x), 1e-12, 1e-12);
        BatteryTests.AssertClose(closed.Crps(x), transformed.Crps(x), 1e-8, 1e-6);
        BatteryTests.AssertClose(closed.Mean(), transformed.Mean(), 0, 1e-7);
        BatteryTests.AssertClose(closed.Mode, transformed.Mode, 0, 1e-6);
        BatteryTests.AssertClose(closed.Entropy(), transformed.Entropy(), 1e-8, 0);
    }

    [Fact]
    public void Mixture_WhoseComponentIsBeyondTheType_HasTheSameGradientCompiled()
    {
        // exp(200) is no Float32: that component has no share, and no gradient, whether the graph is compiled or not.
        Tensor[] at = [Tensor.From(0f, 0.5f), Tensor.From(0f, 200f), Tensor.From(1f, 1f), Tensor.Scalar(0.3f)];
        Tensor[] eager = Slopes(at), compiled = Graph.Compile(Slopes).Run(at);
        for (int i = 0; i < at.Length; i++)
        {
            Assert.True((bool)eager[i].IsFinite().All(), $"{i}: {eager[i]}");
            BatteryTests.AssertClose(eager[i].Cast(DType.Float64), compiled[i].Cast(DType.Float64), 1e-6, 1e-6);
        }

        static Tensor[] Slopes(Tensor[] x) =>
            Gradient.ValueAndGradient(p => new Mixture<Gumbel>(p[0], new Gumbel(p[1], p[2])).LogDensity(p[3]), x).Gradients;
    }

    [Fact]
    public void Quantized_WhereCellsAreNarrowerThanTheType_IsTheSameCompiled()
    {
        // 2³⁰ ± ½ are no Float32.
        Tensor[] at = [Tensor.From(1073741824f, 3f), Tensor.Scalar(1e9f), Tensor.Scalar(1e8f)];
        Func<Tensor[], Tensor[]> log = static x => [new Quantized<Normal>(new Normal(x[1], x[2])).LogDensity(x[0])];
        Tensor eager = log(at)[0];
        Assert.True((bool)eager.IsFinite().All(), $"{eager}");
        BatteryTests.AssertClose(eager.Cast(DType.Float64), Graph.Compile(log).Run(at)[0].Cast(DType.Float64), 1e-6, 1e-6);
    }

    [Fact]
    public void Quantized_BoundBeyondTheCellsOfTheType_HasAllThatLiesBeyond()
    {
        var normal = new Normal(Tensor.Scalar(1e9f), Tensor.Scalar(1e8f));
        double bound = 1073741824, expected = new Normal(Tensor.Scalar(1e9, DType.Float64), 1e8).LogSurvival(bound).ToScalar();
        Assert.Equal(expected, new Quantized<Normal>(normal, high: bound).LogProb((float)bound).ToScalar(), 1e-5);
    }
}
