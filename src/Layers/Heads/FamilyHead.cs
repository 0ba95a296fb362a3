using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>A head that predicts distributions of one family.</summary>
/// <typeparam name="T">The family.</typeparam>
public abstract class FamilyHead<T> : UnivariateHead<T> where T : Univariate
{
    private readonly HeadFamily<T> _family;

    /// <summary>Creates the head.</summary>
    /// <param name="family">How raw parameters become the distribution.</param>
    /// <param name="outputs">Numbers an example; null for one, with targets of shape [n].</param>
    /// <exception cref="ArgumentOutOfRangeException">There is not at least one output.</exception>
    protected FamilyHead(HeadFamily<T> family, int? outputs) : base(family.ParameterCount, outputs) => _family = family;

    /// <inheritdoc/>
    public sealed override TargetScaling Scaling => _family.Scaling;

    /// <inheritdoc/>
    protected sealed override Support TargetSupport => _family.TargetSupport;

    /// <inheritdoc/>
    public sealed override T Rescale(T prediction, Tensor loc, Tensor scale) => _family.Rescale(prediction, loc, scale);

    /// <inheritdoc/>
    protected sealed override T FromParameters(Tensor raw) => _family.FromRaw([.. Enumerable.Range(0, _family.ParameterCount).Select(i => Parameter(raw, i))]);

    /// <inheritdoc/>
    protected sealed override TargetStatistics TypicalTargets(DType dtype) => TargetStatistics.Typical(TargetShape, _family.TypicalTargets, dtype);

    /// <inheritdoc/>
    protected sealed override Tensor InitialParameters(TargetStatistics statistics) => Tensor.Stack(_family.ToRaw(statistics.Mean, statistics.StdDev), -1);
}
