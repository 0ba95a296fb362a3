using System.Text.Json.Nodes;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// Predicts quantiles at given levels, which cannot cross, trained by the pinball loss: no family is assumed. The prediction is a distribution whose distribution
/// function is linear between the quantiles and exponential beyond the outermost, without a jump of the density there.
/// </summary>
/// <remarks>
/// The loss is twice the pinball loss, averaged over the levels: for evenly spaced levels an approximation of the CRPS. The quantile in the middle is a raw
/// parameter, the steps up and down from it are softplus with a floor.
/// </remarks>
public sealed class QuantileHead : UnivariateHead<PiecewiseUniform>
{
    private readonly double _minStep;
    private readonly double[] _masses;

    // Quantiles at which the prediction has mean 0 and standard deviation 1, near to those of a Normal.
    private readonly double[] _standard;

    /// <summary>Creates the head.</summary>
    /// <param name="levels">The levels, rising, strictly between 0 and 1, at least two; null for 0.05, 0.1, …, 0.95.</param>
    /// <param name="outputs">Numbers an example, all with the same levels; null for one, with targets of shape [n].</param>
    /// <param name="minStep">The floor of the step between neighbouring quantiles, in standardized units; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The levels or the floor are not in their range, or there is not at least one output.</exception>
    public QuantileHead(IReadOnlyList<double>? levels = null, int? outputs = null, double minStep = 0.1 * PositiveParameter.DefaultFloor)
        : base(levels?.Count ?? 19, outputs)
    {
        Levels = [.. levels ?? [.. Enumerable.Range(1, 19).Select(i => i / 20.0)]];
        if (Levels.Count < 2 || Levels[0] <= 0 || Levels[^1] >= 1 || Enumerable.Range(1, Levels.Count - 1).Any(i => !(Levels[i] > Levels[i - 1])))
        {
            throw new ArgumentOutOfRangeException(
                nameof(levels), "QuantileHead: at least two levels are needed, rising and strictly between 0 and 1: "
                + string.Join(", ", Levels.Select(level => FormattableString.Invariant($"{level}"))) + " are not.");
        }

        _minStep = PositiveParameter.RequireFloor(Name, nameof(minStep), minStep);
        _masses = [Levels[0], .. Levels.Skip(1).Zip(Levels, (high, low) => high - low), 1 - Levels[^1]];
        double[] normal = [.. Levels.Select(level => MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, level))];
        PiecewiseUniform near = At(Tensor.From(normal));
        double mean = near.Mean().Value.ToScalar(), deviation = near.StdDev().Value.ToScalar();
        _standard = Array.ConvertAll(normal, quantile => (quantile - mean) / deviation);
    }

    /// <summary>The levels of the quantiles.</summary>
    public IReadOnlyList<double> Levels { get; }

    /// <inheritdoc/>
    public override TargetScaling Scaling => TargetScaling.Affine;

    /// <inheritdoc/>
    protected override Support TargetSupport => Support.Real;

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name, new JsonObject
    {
        ["levels"] = new JsonArray([.. Levels.Select(level => JsonValue.Create(level))]), ["outputs"] = Outputs, ["min_step"] = _minStep,
    });

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"QuantileHead({Levels.Count} levels)");

    /// <summary>Twice the pinball loss, averaged over the levels and summed over the outputs, [n].</summary>
    /// <inheritdoc/>
    public override Tensor Loss(PiecewiseUniform prediction, Tensor target, LossContext context)
    {
        Tensor levels = Tensor.From([.. Levels]).AsFree().Cast(target.DType), error = target.Unsqueeze(-1) - prediction.Edges;
        Tensor loss = 2 * Tensor.Maximum(levels * error, (levels - 1) * error).Mean(-1);
        return Outputs is null ? loss : loss.Sum(-1);
    }

    /// <summary>The pinball loss in the units of the data: times the scale. With several outputs, whose losses have no unit in common, as it is.</summary>
    /// <inheritdoc/>
    public override double LossInOriginalUnits(double loss, Tensor scale) => Outputs is null ? loss * scale.ToScalar() : loss;

    /// <inheritdoc/>
    public override PiecewiseUniform Rescale(PiecewiseUniform prediction, Tensor loc, Tensor scale) => prediction.AffineTransform(loc, scale);

    /// <inheritdoc/>
    protected override PiecewiseUniform FromParameters(Tensor raw)
    {
        Tensor above = PositiveParameter.FromRaw(raw[TensorIndex.Ellipsis, 1..], _minStep).CumSum(-1);
        Tensor steps = Tensor.Concat([Tensor.Zeros(above.Shape[..^1].Concat([1]), raw.DType), above], -1);
        int middle = Levels.Count / 2;
        Tensor quantiles = raw[TensorIndex.Ellipsis, ..1] + (steps - steps[TensorIndex.Ellipsis, middle..(middle + 1)]);
        return At(quantiles);
    }

    /// <inheritdoc/>
    protected override Tensor InitialParameters(TargetStatistics statistics)
    {
        DType dtype = statistics.Mean.DType;
        int middle = Levels.Count / 2;
        double[] steps = [.. _standard.Skip(1).Zip(_standard, (high, low) => high - low)];
        Tensor start = statistics.Mean + (statistics.StdDev * _standard[middle]);
        Tensor scaled = statistics.StdDev.Unsqueeze(-1) * Tensor.From(steps).AsFree().Cast(dtype);
        return Tensor.Concat([start.Unsqueeze(-1), PositiveParameter.ToRaw(scaled, _minStep)], -1);
    }

    private PiecewiseUniform At(Tensor quantiles)
    {
        Tensor first = quantiles[TensorIndex.Ellipsis, 1] - quantiles[TensorIndex.Ellipsis, 0];
        Tensor last = quantiles[TensorIndex.Ellipsis, ^1] - quantiles[TensorIndex.Ellipsis, ^2];
        Tensor logits = Tensor.From(Array.ConvertAll(_masses, Math.Log)).AsFree().Cast(quantiles.DType);
        return new(quantiles, logits, first * (_masses[0] / _masses[1]), last * (_masses[^1] / _masses[^2]));
    }
}
