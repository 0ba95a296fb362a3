using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

public class MixtureScoreTests
{
    [Fact]
    public void Crps_OfAThousandEnsemblesOfSplines_IsThatOfDrawsInLittleMemory()
    {
        const int rows = 1000, draws = 400;
        var ensemble = new PredictiveMixture<TransformedDistribution>([Spline(rows, 1), Spline(rows, 2)]);
        Tensor y = RandomKey.FromSeed(3).Normal([rows]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Tensor crps = ensemble.Crps(y);

        // Everything that is allocated on the way, not only what is alive at a time.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 256L << 20);

        // Rows are independent, and two-sided Normal limits at 1e-6 are 4.89 standard errors.
        Tensor first = ensemble.Sample(RandomKey.FromSeed(4), [draws]), second = ensemble.Sample(RandomKey.FromSeed(5), [draws]);
        Tensor differences = (((first - y).Abs() - (0.5 * (first - second).Abs())).Mean(0) - crps).Cast(DType.Float64);
        double mean = differences.Mean().ToScalar(), error = Math.Sqrt((differences - mean).Square().Mean().ToScalar() / rows);
        Assert.InRange(mean, -4.89 * error, 4.89 * error);
    }

    // Knots of steep and flat bins next to each other: without panels that end there, CRPS and entropy were off by 1e-3 and 0.1. The reference has a hundred panels between
    // neighbouring knots.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Integrals_OverARoughSpline_AreThoseBetweenItsKnots(bool moved)
    {
        double[] widths = [1.2, 0.05, 2.2, 0.4, 1.9, 0.25], heights = [0.1, 2.4, 0.3, 0.02, 3.0, 0.18], slopes = [1, 0.2, 6, 0.05, 0.5, 4, 1];
        Transform map = new RationalQuadraticSplineTransform(Tensor.From(widths), Tensor.From(heights), Tensor.From(slopes), -3, -3);
        (double shift, double scale) = moved ? (2, -0.5) : (0, 1);
        map = moved ? map.Then(new AffineTransform(Tensor.Scalar(shift, DType.Float64), scale)) : map;
        var d = new TransformedDistribution(new Normal(Tensor.Scalar(0, DType.Float64), 1), map);
        double[] knots = [.. heights.Select((_, i) => shift + (scale * (heights[..i].Sum() - 3))), shift + (3 * scale)];
        IEnumerable<(double From, double To)> bins = knots.Order().Zip(knots.Order().Skip(1));
        double[] cuts = [.. bins.SelectMany(bin => Enumerable.Range(0, 100).Select(i => bin.From + (0.01 * i * (bin.To - bin.From)))), .. knots];
        double[] outer = [.. Enumerable.Range(1, 40).SelectMany(i => new[] { knots.Min() - (0.25 * i), knots.Max() + (0.25 * i) })];
        foreach (double y in new[] { -1.1, 0.3, 2.9 })
        {
            double expected = new Panels(d, [y, .. cuts, .. outer]).Integrate(x => Tensor.Where(x < y, d.Cdf(x), d.Survival(x)).Square());
            Assert.Equal(expected, d.Crps(y).ToScalar(), 1e-5);
        }

        var panels = new Panels(d, [.. cuts, .. outer]);
        Assert.Equal(panels.Integrate(x => x * d.LogProb(x).Exp()), d.Mean().Value.ToScalar(), 1e-4);
        Assert.Equal(panels.Integrate(x => -d.LogProb(x) * d.LogProb(x).Exp()), d.Entropy().Value.ToScalar(), 1e-3);
    }

    [Fact]
    public void Crps_OfMixtures_IsTheIntegralOfItsDefinition()
    {
        Tensor narrow = Tensor.From(0.7, -1, 0.3), loc = Tensor.From(0.0, 3, 3.5), scale = Tensor.From(1.0, 0.01, 0.5);
        Univariate[] mixtures =
        [
            new Mixture<StudentT>(narrow, new StudentT(Tensor.From(3.0, 5, 8), loc, scale)),
            new Mixture<Logistic>(narrow, new Logistic(loc, scale)),
            new Mixture<Uniform>(narrow, new Uniform(loc, loc + scale)),
            new Mixture<Gamma>(narrow, new Gamma(Tensor.From(2.0, 9, 40), Tensor.From(1.0, 3, 2))),
        ];

        // The reference has no panel in which a narrow component is only a part.
        double[] cuts = [.. from t in new[] { -32.0, -16, -8, -4, -2, -1, 0, 1, 2, 4, 8, 16, 32 } from x in (loc + (t * scale)).ToDoubles() select x];
        foreach (Univariate mixture in mixtures)
        {
            double spread = mixture.StdDev().Value.ToScalar();
            foreach (double p in new[] { 1e-3, 0.3, 0.5, 0.62, 0.999 })
            {
                double y = mixture.Quantile(p).ToScalar();
                double expected = new Panels(mixture, [y, .. cuts]).Integrate(x => Tensor.Where(x < y, mixture.Cdf(x), mixture.Survival(x)).Square());
                Assert.Equal(expected, mixture.Crps(y).ToScalar(), 1e-6 * spread);
            }
        }
    }

    [Fact]
    public void Crps_OfAMixtureWithoutMeanDistances_IsInfinite() => Assert.Equal(
        double.PositiveInfinity, new Mixture<StudentT>(Tensor.From(0.0, 0), new StudentT(Tensor.From(0.5, 3), Tensor.From(0.0, 1), 1)).Crps(0.3).ToScalar());

    [Fact]
    public void Quantile_OfNormals_IsThatOfTheSearchOverAnyFamily()
    {
        Tensor logits = RandomKey.FromSeed(1).Normal([50, 4], DType.Float64), loc = 3 * RandomKey.FromSeed(2).Normal([50, 4], DType.Float64);
        Tensor scale = RandomKey.FromSeed(3).Normal([50, 4], DType.Float64).Exp();
        var normals = new Mixture<Normal>(logits, new Normal(loc, scale));
        var general = new Mixture<TransformedDistribution>(
            logits, new TransformedDistribution(new Normal(Tensor.ZerosLike(loc), Tensor.OnesLike(loc)), new AffineTransform(loc, scale)));
        Tensor p = Tensor.From(1e-300, 1e-12, 0.01, 0.3, 0.5, 0.62, 0.99, 1 - 1e-12).Reshape(8, 1);
        BatteryTests.AssertClose(general.Quantile(p), normals.Quantile(p), 1e-9, 1e-9);
        Assert.Equal([double.NegativeInfinity, double.PositiveInfinity, double.NaN], Tensor.Stack(
            [normals.Quantile(0)[0], normals.Quantile(1)[0], normals.Quantile(double.NaN)[0]]).ToDoubles());
    }

    [Fact]
    public void Transforms_OfManyPointsOfASpline_AreThoseOfEachPoint()
    {
        Tensor raw = RandomKey.FromSeed(1).Normal([70, 47], DType.Float64), x = 3 * RandomKey.FromSeed(2).Normal([5, 3, 70], DType.Float64);
        var shared = RationalQuadraticSplineTransform.FromFeatures(raw, 16);
        var own = RationalQuadraticSplineTransform.FromFeatures(raw.BroadcastTo([5, 3, 70, 47]), 16);
        Assert.Equal(own.Forward(x).ToDoubles(), shared.Forward(x).ToDoubles());
        Assert.Equal(own.Inverse(x).ToDoubles(), shared.Inverse(x).ToDoubles());
    }

    private static TransformedDistribution Spline(int rows, int seed)
    {
        const DType dtype = DType.Float32;
        Shape batch = Shape.Create([rows]);
        Tensor raw = RandomKey.FromSeed(seed).Normal(batch.Concat([47]), dtype), zero = Tensor.Zeros(batch, dtype);
        Transform spline = RationalQuadraticSplineTransform.FromFeatures(raw, 16, bound: 4).Inverted();
        return new(new Normal(zero, zero + 1), spline.Then(new AffineTransform(RandomKey.FromSeed(seed + 10).Normal(batch, dtype), zero + 2)));
    }
}
