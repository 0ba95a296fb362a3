using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// A head that predicts a mixture of distributions of one family, a mixture density network (Bishop 1994): any shape of density, several modes included.
/// Weights stay logits and the loss is one log-sum-exp, so that no component can underflow to a loss of infinity.
/// </summary>
/// <typeparam name="T">The family of the components.</typeparam>
public abstract class MixtureHead<T> : UnivariateHead<Mixture<T>> where T : Univariate
{
    private readonly HeadFamily<T> _family;

    /// <summary>Creates the head.</summary>
    /// <param name="family">How raw parameters become a component.</param>
    /// <param name="components">Number of components; at least 1.</param>
    /// <param name="outputs">Numbers an example, each with a mixture of its own; null for one, with targets of shape [n].</param>
    /// <exception cref="ArgumentOutOfRangeException">There is not at least one component, or not at least one output.</exception>
    protected MixtureHead(HeadFamily<T> family, int components, int? outputs) : base(checked((1 + family.ParameterCount) * components), outputs)
    {
        Components = components >= 1
            ? components
            : throw new ArgumentOutOfRangeException(nameof(components), components, $"{Name}: at least one component is needed.");
        _family = family;
    }

    /// <summary>Number of components.</summary>
    public int Components { get; }

    /// <inheritdoc/>
    public sealed override TargetScaling Scaling => _family.Scaling;

    /// <inheritdoc/>
    protected sealed override Support TargetSupport => _family.TargetSupport;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Name}({Components})");

    /// <inheritdoc/>
    public sealed override Mixture<T> Rescale(Mixture<T> prediction, Tensor loc, Tensor scale) =>
        new(prediction.Logits, _family.Rescale(prediction.Components, loc.Unsqueeze(-1), scale.Unsqueeze(-1)));

    /// <inheritdoc/>
    protected sealed override Mixture<T> FromParameters(Tensor raw) => _family.MixtureFromRaw(raw, Components);

    /// <inheritdoc/>
    protected sealed override TargetStatistics TypicalTargets(DType dtype) => TargetStatistics.Typical(TargetShape, _family.TypicalTargets, dtype);

    /// <inheritdoc/>
    protected sealed override Tensor InitialParameters(TargetStatistics statistics) =>
        _family.MixtureToRaw(statistics.Mean, statistics.StdDev, Components);
}
