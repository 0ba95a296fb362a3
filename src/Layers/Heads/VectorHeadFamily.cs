using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>How the numbers of a network become distributions of vectors of one family: what a head of the family and a mixture of it have in common.</summary>
/// <typeparam name="T">The family.</typeparam>
public abstract class VectorHeadFamily<T> where T : Distribution
{
    /// <summary>Raw parameters a distribution.</summary>
    public abstract int ParameterCount { get; }

    /// <summary>The length of a vector.</summary>
    public abstract int Length { get; }

    /// <summary>The distribution with given raw parameters, made valid in a stable way.</summary>
    /// <param name="raw">[..., <see cref="ParameterCount"/>], any real numbers.</param>
    /// <returns>A distribution of batch shape [...] and event shape [<see cref="Length"/>].</returns>
    public abstract T FromRaw(Tensor raw);

    /// <summary>Raw parameters at which each coordinate has a given mean and standard deviation.</summary>
    /// <param name="mean">The means, [..., <see cref="Length"/>].</param>
    /// <param name="stdDev">The standard deviations, of the same shape; above 0.</param>
    /// <returns>[..., <see cref="ParameterCount"/>].</returns>
    public abstract Tensor ToRaw(Tensor mean, Tensor stdDev);

    /// <summary>The distribution of loc + scale·Y, coordinate by coordinate.</summary>
    /// <param name="distribution">The distribution of Y.</param>
    /// <param name="loc">The shifts, [<see cref="Length"/>].</param>
    /// <param name="scale">The factors, [<see cref="Length"/>]; above 0.</param>
    public abstract T Rescale(T distribution, Tensor loc, Tensor scale);
}
