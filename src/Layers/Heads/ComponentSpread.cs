using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>
/// Means and standard deviations of the components of a mixture at its start: different, so that they do not all learn the same, together as wide as the
/// targets, and still one hump, so that several appear only where the data ask for them.
/// </summary>
internal static class ComponentSpread
{
    // Of the standard deviation. On quasars' colours, 0.9 ends 0.02 nats lower than 0.5; more would leave each component too narrow for one hump.
    private const double Part = 0.9;

    /// <summary>Means at 0.9 of the mid-quantiles of a Normal, and each component as wide as the variance that they leave over.</summary>
    /// <param name="mean">The mean of the targets.</param>
    /// <param name="stdDev">Their standard deviation.</param>
    /// <param name="components">The number of components.</param>
    /// <returns>Two tensors with a new last axis of that length, whose mixture of equal weights has that mean and standard deviation.</returns>
    public static (Tensor Means, Tensor StdDevs) OnTheLine(Tensor mean, Tensor stdDev, int components)
    {
        double[] steps = Steps(components);
        double left = Math.Sqrt(1 - steps.Average(step => step * step));
        Tensor means = mean.Unsqueeze(-1) + (stdDev.Unsqueeze(-1) * Tensor.From(steps).AsFree().Cast(mean.DType));
        return (means, (stdDev.Unsqueeze(-1) * left).BroadcastTo(means.Shape));
    }

    /// <summary>The same for logarithms, where the targets are positive; the widths are one fraction of the means.</summary>
    /// <inheritdoc cref="OnTheLine"/>
    public static (Tensor Means, Tensor StdDevs) OnThePositiveHalf(Tensor mean, Tensor stdDev, int components)
    {
        // With v = 1 + (σ/μ)², the second moment over the squared mean, √(ln v) is the width of the logarithm of a log-normal.
        (mean, stdDev) = (mean.Unsqueeze(-1), stdDev.Unsqueeze(-1));
        Tensor v = 1 + (stdDev / mean).Square(), factors = (v.Log().Sqrt() * Tensor.From(Steps(components)).AsFree().Cast(mean.DType)).Exp();
        factors /= factors.Mean(-1, keepDims: true);
        Tensor width = ((v / factors.Square().Mean(-1, keepDims: true)) - 1).Sqrt();
        return (mean * factors, mean * factors * width);
    }

    private static double[] Steps(int components) =>
        [.. Enumerable.Range(0, components).Select(i => Part * MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, (i + 0.5) / components))];
}
