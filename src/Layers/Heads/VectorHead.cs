using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>A head that predicts distributions of vectors of one family: targets are [n, outputs]. Trained by the negative log-likelihood.</summary>
/// <typeparam name="T">The family.</typeparam>
public abstract class VectorHead<T> : ParametricHead<T> where T : Distribution
{
    private readonly VectorHeadFamily<T> _family;

    /// <summary>Creates the head.</summary>
    /// <param name="family">How raw parameters become the distribution.</param>
    protected VectorHead(VectorHeadFamily<T> family) => _family = family;

    /// <summary>The length of a target.</summary>
    public int Outputs => _family.Length;

    /// <inheritdoc/>
    public sealed override Shape TargetShape => [Outputs];

    /// <inheritdoc/>
    public sealed override TargetScaling Scaling => TargetScaling.Affine;

    /// <inheritdoc/>
    public sealed override int RawSize => _family.ParameterCount;

    /// <inheritdoc/>
    protected sealed override Support TargetSupport => Support.Real;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Name}({Outputs})");

    /// <inheritdoc/>
    public sealed override Tensor Loss(T prediction, Tensor target, LossContext context) => -prediction.LogDensity(target);

    /// <inheritdoc/>
    public sealed override T Rescale(T prediction, Tensor loc, Tensor scale) => _family.Rescale(prediction, loc, scale);

    /// <inheritdoc/>
    public sealed override T FromRaw(Tensor raw) => _family.FromRaw(raw);

    /// <inheritdoc/>
    protected sealed override Tensor InitialBias(TargetStatistics statistics) => _family.ToRaw(statistics.Mean, statistics.StdDev);
}
