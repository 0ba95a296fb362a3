using ProbNet.Autodiff;

namespace ProbNet.Tests.Autodiff;

/// <summary>
/// Goodness-of-fit tests at level 1e-6 with fixed keys: a right sampler fails one in a million, a wrong one nearly always.
/// </summary>
internal static class SampleTests
{
    public const double Level = 1e-6;

    /// <summary>
    /// χ² test of the samples' CDF values, counted in equal bins: for a continuous distribution they are uniform on [0, 1]; outside, the count throws.
    /// </summary>
    public static void ChiSquaredUniform(double[] cdfValues, int bins = 256)
    {
        var counts = new double[bins];
        foreach (double u in cdfValues)
        {
            counts[u == 1 ? bins - 1 : (int)Math.Floor(u * bins)]++;
        }

        var expected = new double[bins];
        Array.Fill(expected, (double)cdfValues.Length / bins);
        ChiSquared(counts, expected);
    }

    /// <summary>χ² test of counts against expectations of at least 5 each, both tails: too good a fit is wrong as well.</summary>
    public static void ChiSquared(double[] counts, double[] expected)
    {
        double statistic = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            Assert.True(expected[i] >= 5, FormattableString.Invariant($"bin {i} expects {expected[i]}"));
            statistic += (counts[i] - expected[i]) * (counts[i] - expected[i]) / expected[i];
        }

        double degrees = counts.Length - 1;
        double p = Special.GammaQ(0.5 * degrees, 0.5 * statistic);
        Assert.True(p > Level && p < 1 - Level, FormattableString.Invariant($"χ² = {statistic:G6} on {degrees} degrees of freedom, p = {p:E2}"));
    }

    /// <summary>The mean lies within the interval of level 1e-6 (±4.9 standard errors).</summary>
    public static void Mean(double[] values, double expected, double standardDeviation)
    {
        double error = standardDeviation / Math.Sqrt(values.Length);
        double z = (values.Average() - expected) / error;
        Assert.True(Math.Abs(z) < -Special.NormalQuantile(0.5 * Level), FormattableString.Invariant($"the mean is {z:F2} standard errors off"));
    }
}
