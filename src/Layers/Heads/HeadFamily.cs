using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// How the numbers of a network become distributions of one family: what a head that predicts the family and a mixture of it have in common.
/// </summary>
/// <typeparam name="T">The family.</typeparam>
public abstract class HeadFamily<T> where T : Univariate
{
    /// <summary>Raw parameters a distribution.</summary>
    public abstract int ParameterCount { get; }

    /// <summary>Which rescaling of targets leaves the family as it is.</summary>
    public abstract TargetScaling Scaling { get; }

    /// <summary>The values that targets may have.</summary>
    public abstract Support TargetSupport { get; }

    /// <summary>Mean and standard deviation of targets for which a head is initialized as long as it has not seen any.</summary>
    public virtual (double Mean, double StdDev) TypicalTargets => (0, 1);

    /// <summary>The distribution with given raw parameters, made valid in a stable way.</summary>
    /// <param name="raw">One tensor a parameter, all of one shape, which becomes the batch shape: any real numbers.</param>
    public abstract T FromRaw(IReadOnlyList<Tensor> raw);

    /// <summary>Raw parameters at which the distribution has a given mean and standard deviation, as far as the family can.</summary>
    /// <param name="mean">The mean.</param>
    /// <param name="stdDev">The standard deviation, of the same shape; above 0.</param>
    /// <returns>One tensor a parameter, of that shape.</returns>
    public abstract IReadOnlyList<Tensor> ToRaw(Tensor mean, Tensor stdDev);

    /// <summary>The distribution of loc + scale·Y.</summary>
    /// <param name="distribution">The distribution of Y.</param>
    /// <param name="loc">The shift; not read if <see cref="Scaling"/> allows none.</param>
    /// <param name="scale">The factor, above 0; not read if <see cref="Scaling"/> allows none.</param>
    public T Rescale(T distribution, Tensor loc, Tensor scale) => Scaling switch
    {
        TargetScaling.Affine => ((ILocationScale<T>)distribution).AffineTransform(loc, scale),
        TargetScaling.ScaleOnly => ((IScale<T>)distribution).ScaleTransform(scale),
        _ => distribution,
    };

    /// <summary>
    /// Means and standard deviations of the components of a mixture at its start: different, so that they do not all learn the same, together as wide as the
    /// targets, and still one hump, so that several appear only where the data ask for them.
    /// </summary>
    /// <remarks>
    /// On the line, the means are at half the mid-quantiles of a Normal, and each component is as wide as the variance that they leave over. On the positive
    /// half-line the same happens to their logarithms, and the widths are one fraction of the means.
    /// </remarks>
    /// <param name="mean">The mean of the targets.</param>
    /// <param name="stdDev">Their standard deviation.</param>
    /// <param name="components">The number of components.</param>
    /// <returns>Two tensors with a new last axis of that length.</returns>
    public virtual (Tensor Means, Tensor StdDevs) Spread(Tensor mean, Tensor stdDev, int components)
    {
        double[] steps = [.. Enumerable.Range(0, components).Select(i => 0.5 * MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, (i + 0.5) / components))];
        Tensor spread = Tensor.From(steps).AsFree().Cast(mean.DType);
        (mean, stdDev) = (mean.Unsqueeze(-1), stdDev.Unsqueeze(-1));
        if (Scaling != TargetScaling.ScaleOnly)
        {
            double left = Math.Sqrt(1 - steps.Average(step => step * step));
            Tensor means = mean + (stdDev * spread);
            return (means, (stdDev * left).BroadcastTo(means.Shape));
        }

        // With v = 1 + (σ/μ)², the second moment over the squared mean, √(ln v) is the width of the logarithm of a log-normal.
        Tensor v = 1 + (stdDev / mean).Square(), factors = (v.Log().Sqrt() * spread).Exp();
        factors /= factors.Mean(-1, keepDims: true);
        Tensor width = ((v / factors.Square().Mean(-1, keepDims: true)) - 1).Sqrt();
        return (mean * factors, mean * factors * width);
    }
}
