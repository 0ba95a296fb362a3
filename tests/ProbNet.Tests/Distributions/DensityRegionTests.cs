using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Tests.Distributions;

public class DensityRegionTests
{
    [Fact]
    public void HighestDensityRegion_OfANormal_IsTheCentralInterval()
    {
        var normal = new Normal(Tensor.From(0.0, 5), Tensor.From(1.0, 0.1));
        DensityRegion region = normal.HighestDensityRegion(0.9);
        (Tensor lower, Tensor upper) = normal.Interval(0.9);
        for (int b = 0; b < 2; b++)
        {
            (double low, double high) = Assert.Single(region.Intervals(b));
            Assert.Equal(lower.ToDoubles()[b], low, 1e-5);
            Assert.Equal(upper.ToDoubles()[b], high, 1e-5);
        }

        Assert.Equal([true, false], region.Contains(Tensor.From(1.6, 4.8)).ToArray<bool>());
    }

    [Fact]
    public void ToString_OfANormal_ShowsLevelAndInterval() => Assert.Matches(
        @"^50 % in \[-0\.67449, 0\.67449\]$", new Normal(Tensor.Scalar(0, DType.Float64), 1).HighestDensityRegion(0.5).ToString());

    [Fact]
    public void HighestDensityRegion_OfAnExponential_StartsAtZero()
    {
        (double low, double high) = Assert.Single(new Exponential(Tensor.Scalar(2, DType.Float64)).HighestDensityRegion(0.8).Intervals());
        Assert.Equal(0, low, 1e-12);
        Assert.Equal(-Math.Log(0.2) / 2, high, 1e-5);
    }

    [Fact]
    public void HighestDensityRegion_OfTwoPeaks_IsTwoIntervals()
    {
        var mixture = new Mixture<Normal>(Tensor.From(0.0, 0), new Normal(Tensor.From(-4.0, 4), Tensor.From(1.0, 0.5)));
        DensityRegion region = mixture.HighestDensityRegion(0.8);
        Assert.Equal(2, region.Intervals().Count);
        double mass = region.Intervals().Sum(i => (mixture.Cdf(i.Upper) - mixture.Cdf(i.Lower)).ToScalar());
        Assert.Equal(0.8, mass, 1e-6);
        Assert.All(
            region.Intervals().SelectMany(i => new[] { i.Lower, i.Upper }),
            edge => Assert.Equal(region.LogThreshold.ToScalar(), mixture.LogProb(edge).ToScalar(), 1e-4));

        // Smaller than the central interval, which spans the gap.
        (Tensor lower, Tensor upper) = mixture.Interval(0.8);
        Assert.True(region.Width.ToScalar() < 0.6 * (upper - lower).ToScalar());
    }

    // Poisson(3): masses at 0 … 6 are 0.050, 0.149, 0.224, 0.224, 0.168, 0.101, 0.050; 1 to 4 hold 0.765, with 5 0.866.
    [Fact]
    public void HighestDensityRegion_OfCounts_IsARunOfWholeNumbers() =>
        Assert.Equal((1.0, 5.0), Assert.Single(new Poisson(Tensor.Scalar(3, DType.Float64)).HighestDensityRegion(0.8).Intervals()));
}
