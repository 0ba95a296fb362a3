using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// A head that predicts numbers: one an example (targets [n]), or several, independent given the features (targets [n, outputs]).
/// Trained by the negative log-likelihood.
/// </summary>
/// <typeparam name="TOut">The family of the prediction.</typeparam>
public abstract class UnivariateHead<TOut> : Head<TOut> where TOut : Distribution
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
        FromParameters(_outputs is { } outputs ? raw.Reshape(raw.Shape[0], outputs, _parametersEach) : raw);

    /// <inheritdoc/>
    public override void CheckTargets(Tensor targets)
    {
        Tensor values = targets.To(Device.Cpu).Cast(DType.Float64);
        if (values.Rank != TargetShape.Rank + 1 || values.Shape[1..] != TargetShape)
        {
            throw new ShapeException($"{this}: expects targets of shape {ShapeText.Batch(TargetShape)}, but got {targets.Shape}.");
        }

        int bad = TargetSupport.Contains(values).AsSpan<bool>().IndexOf(false);
        if (bad >= 0)
        {
            (int row, int column) = Math.DivRem(bad, TargetShape.Size);
            string place = _outputs is null ? $"row {row}" : $"row {row}, column {column}";
            throw new ArgumentException(FormattableString.Invariant(
                $"{this}: the target in {place} is {values.AsSpan<double>()[bad]:R}, outside of the support {TargetSupport} of the prediction."),
                nameof(targets));
        }
    }

    /// <summary>The values that targets may have.</summary>
    protected abstract Support TargetSupport { get; }

    /// <summary>The distribution with given raw parameters, along the last axis.</summary>
    /// <param name="raw">[n, parameters], or [n, outputs, parameters] where outputs are given.</param>
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
