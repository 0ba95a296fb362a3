using MathNet.Numerics.Integration;
using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Tests.Layers;

public class CircularVonMisesTests
{
    // Mean directions in the middle and near the cut at ±π, wide and narrow.
    private static readonly CircularVonMises s_batch = new(Tensor.From(0.4, 3.0, -2.9, 1.5), Tensor.From(1.0, 4, 50, 0.1));

    [Fact]
    public void Density_OnTheCircle_IntegratesToTheCdfAndToOne()
    {
        // The midpoint rule on 20,000 intervals: smooth densities, an error of order 1e-8.
        const int n = 20_000;
        Tensor x = ((2 * (Tensor.Arange(n, DType.Float64) + 0.5) / n) - 1) * Math.PI;
        Tensor mass = s_batch.LogProb(x.Unsqueeze(-1)).Exp() * (2 * Math.PI / n);
        Assert.All(mass.Sum(0).ToDoubles(), sum => Assert.Equal(1, sum, 1e-7));

        double at = x.ToDoubles()[n / 4] + (Math.PI / n);
        double[] below = mass[..((n / 4) + 1)].Sum(0).ToDoubles(), cdf = s_batch.Cdf(Tensor.Scalar(at, DType.Float64)).ToDoubles();
        double[] survival = s_batch.Survival(Tensor.Scalar(at, DType.Float64)).ToDoubles();
        for (int i = 0; i < 4; i++)
        {
            Assert.Equal(below[i], cdf[i], 1e-7);
            Assert.Equal(1, cdf[i] + survival[i], 1e-9);
        }
    }

    [Fact]
    public void Moments_OnTheInterval_AreTheIntegrals()
    {
        // Gauss and Legendre's rule of an order that MathNet tabulates: exact for densities as smooth as these.
        var rule = new GaussLegendreRule(-Math.PI, Math.PI, 1024);
        Tensor x = Tensor.From(rule.Abscissas).Unsqueeze(-1), log = s_batch.LogProb(x), mass = log.Exp() * Tensor.From(rule.Weights).Unsqueeze(-1);
        Tensor mean = (x * mass).Sum(0);
        Same(mean, s_batch.Mean(), 1e-11);
        Same(((x - mean).Square() * mass).Sum(0), s_batch.Variance(), 1e-6);
        Same(-(log * mass).Sum(0), s_batch.Entropy(), 1e-11);

        static void Same(Tensor expected, Tensor actual, double tolerance) =>
            Assert.All(expected.ToDoubles().Zip(actual.ToDoubles()), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }

    // The distribution function as a sum of the density over cells: midpoints are wrong by h²/24 of a change in slope, 1e-7 at most.
    [Theory]
    [InlineData(0)]
    [InlineData(7_000)]
    [InlineData(19_900)]
    [InlineData(20_000)]
    public void Crps_OnTheInterval_IsTheIntegral(int cellsBelow)
    {
        const int n = 20_000;
        const double width = 2 * Math.PI / n;
        Tensor middle = ((Tensor.Arange(n, DType.Float64) + 0.5) * width) - Math.PI, mass = s_batch.LogProb(middle.Unsqueeze(-1)).Exp() * width;
        Tensor atMiddle = mass.CumSum(0) - (0.5 * mass), beyond = (Tensor.Arange(n, DType.Float64) >= cellsBelow).Cast(DType.Float64).Unsqueeze(-1);
        double[] expected = ((atMiddle - beyond).Square() * width).Sum(0).ToDoubles(), actual = s_batch.Crps((cellsBelow * width) - Math.PI).ToDoubles();
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Tensor outside = s_batch.Crps(Tensor.Scalar(4.0, DType.Float64)) - s_batch.Crps(Tensor.Scalar(Math.PI, DType.Float64));
        Assert.All(outside.ToDoubles(), more => Assert.Equal(4 - Math.PI, more, 1e-12));
    }

    [Fact]
    public void LogProb_AcrossTheCut_GoesOn()
    {
        double[] above = s_batch.LogProb(Tensor.Scalar(Math.PI, DType.Float64)).ToDoubles(), below = s_batch.LogProb(Tensor.Scalar(-Math.PI, DType.Float64)).ToDoubles();

        Assert.All(above.Zip(below), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    [Fact]
    public void Quantile_OfTheCdf_IsTheAngle()
    {
        Tensor x = Tensor.From(-0.5, -3.1, 3.0, 2.0);

        Assert.All(x.ToDoubles().Zip(s_batch.Quantile(s_batch.Cdf(x)).ToDoubles()), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void Sample_IsOnTheIntervalWithTheMeanDirection()
    {
        const int n = 20_000;
        Tensor draws = s_batch.Sample(RandomKey.FromSeed(3), n);
        Assert.All(draws.ToDoubles(), x => Assert.InRange(x, -Math.PI, Math.PI));

        // E[cos(X − μ)] = I₁(κ)/I₀(κ), five standard errors.
        double[] mean = (draws - s_batch.Loc).Cos().Mean(0).ToDoubles(), expected = (1 - s_batch.CircularVariance).ToDoubles();
        Assert.All(expected.Zip(mean), pair => Assert.InRange(pair.Second, pair.First - (5 / Math.Sqrt(n)), pair.First + (5 / Math.Sqrt(n))));
    }
}
