using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// A head that predicts numbers: one an example (targets [n]), or several, independent given the features (targets [n, outputs]).
/// Trained by the negative log-likelihood.
/// </summary>
/// <typeparam name="TOut">The family of the prediction.</typeparam>
public abstract class UnivariateHead<TOut> : ParametricHead<TOut> where TOut : Distribution
{
    private readonly int? _outputs;
    private readonly int _parametersEach;

    /// <summary>Creates the head.</summary>
    /// <param name="parametersEach">Raw parameters a predicted number.</param>
    /// <param name="outputs">Numbers an example; null for one, with targets of shape [n].</param>
    /// <exception cref="ArgumentOutOfRangeException">There is not at least one output.</exception>
    protected UnivariateHead(int parametersEach, int? outputs)
    {
        if (outputs < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(outputs), outputs, $"{Name}: at least one output is needed.");
        }

        _outputs = outputs;
        _parametersEach = parametersEach;
    }

    /// <summary>Numbers an example; null for one, with targets of shape [n].</summary>
    public int? Outputs => _outputs;

    /// <inheritdoc/>
    public override Shape TargetShape => _outputs is { } outputs ? [outputs] : Shape.Scalar;

    /// <inheritdoc/>
    public override int RawSize => checked((_outputs ?? 1) * _parametersEach);

    /// <inheritdoc/>
    public override Tensor Loss(TOut prediction, Tensor target, LossContext context)
    {
        Tensor loss = -prediction.LogDensity(target);
        return _outputs is null ? loss : loss.Sum(-1);
    }

    /// <inheritdoc/>
    public override TOut FromRaw(Tensor raw) =>
        FromParameters(_outputs is { } outputs ? raw.Reshape(raw.Shape[..^1].Concat([outputs, _parametersEach])) : raw);

    /// <summary>The distribution with given raw parameters, along the last axis.</summary>
    /// <param name="raw">[..., parameters], or [..., outputs, parameters] where outputs are given.</param>
    protected abstract TOut FromParameters(Tensor raw);

    /// <inheritdoc/>
    protected override Tensor InitialBias(TargetStatistics statistics) =>
        InitialParameters(statistics).BroadcastTo(TargetShape.Concat([_parametersEach]));

    /// <summary>Raw parameters along a new last axis at which the prediction has the location and scale of the targets.</summary>
    /// <param name="statistics">Mean and standard deviation, with the target's shape.</param>
    protected abstract Tensor InitialParameters(TargetStatistics statistics);

    /// <summary>One of the raw parameters, without the last axis.</summary>
    protected static Tensor Parameter(Tensor raw, int index) => raw[TensorIndex.Ellipsis, index];
}
