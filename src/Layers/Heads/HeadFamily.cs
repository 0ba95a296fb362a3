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
    /// A mixture from raw parameters, [..., (1 + <see cref="ParameterCount"/>)·components]: logits of all components, then the first parameter of all, and so on.
    /// </summary>
    internal Mixture<T> MixtureFromRaw(Tensor raw, int components) => new(raw[TensorIndex.Ellipsis, ..components], FromRaw(
        [.. Enumerable.Range(1, ParameterCount).Select(i => raw[TensorIndex.Ellipsis, (i * components)..((i + 1) * components)])]));

    /// <summary>Raw parameters at which a mixture of equal weights has a given mean and standard deviation.</summary>
    internal Tensor MixtureToRaw(Tensor mean, Tensor stdDev, int components)
    {
        (Tensor means, Tensor deviations) = Scaling == TargetScaling.ScaleOnly
            ? ComponentSpread.OnThePositiveHalf(mean, stdDev, components)
            : ComponentSpread.OnTheLine(mean, stdDev, components);
        return Tensor.Concat([Tensor.ZerosLike(means), .. ToRaw(means, deviations)], -1);
    }
}
