using System.Text.Json.Nodes;
using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// Predicts any distribution, made by a function of raw parameters: <c>new DistributionHead&lt;Gumbel&gt;("gumbel", 2, raw => new Gumbel(raw[.., 0], …))</c>.
/// Trained by the negative log-likelihood on targets as they are.
/// </summary>
/// <remarks>
/// A function cannot be written to a file. To save, load or copy a model with this head, register a way to make it under its name first:
/// <c>LayerRegistry.RegisterHead("gumbel", _ => MakeGumbelHead())</c>; without, <see cref="Model{TOut}.CopyUnbuilt"/> and <see cref="Model.Load{TOut}"/> refuse the
/// name, which they do not know.
/// </remarks>
/// <typeparam name="T">The family.</typeparam>
public sealed class DistributionHead<T> : ParametricHead<T> where T : Distribution
{
    private readonly Func<Tensor, T> _create;
    private readonly Func<TargetStatistics, Tensor>? _initial;

    /// <summary>Creates the head.</summary>
    /// <param name="name">The name under which it is listed, described and, if it is, registered.</param>
    /// <param name="rawSize">Raw parameters an example; at least 1.</param>
    /// <param name="create">
    /// Makes the distribution from raw parameters [..., rawSize], any real numbers: softplus with a floor for scales, so that equal targets cannot drive the density
    /// to infinity. Its batch and event shape together are [...] + the target's shape.
    /// </param>
    /// <param name="support">The values that targets may have.</param>
    /// <param name="targetShape">The shape of the target of one example: [] for a number.</param>
    /// <param name="initial">Raw parameters, [rawSize], at which the prediction has the mean and standard deviation of the targets; null for zeros.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is not at least one raw parameter.</exception>
    public DistributionHead(
        string name, int rawSize, Func<Tensor, T> create, Support support, Shape targetShape = default, Func<TargetStatistics, Tensor>? initial = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        RawSize = rawSize >= 1
            ? rawSize
            : throw new ArgumentOutOfRangeException(nameof(rawSize), rawSize, $"{name}: at least one raw parameter is needed.");
        (_create, TargetSupport, TargetShape, _initial) = (create, support, targetShape, initial);
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override int RawSize { get; }

    /// <inheritdoc/>
    public override Shape TargetShape { get; }

    /// <summary>None: nothing is known of how the family rescales.</summary>
    public override TargetScaling Scaling => TargetScaling.None;

    /// <inheritdoc/>
    protected override Support TargetSupport { get; }

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name, new JsonObject());

    /// <inheritdoc/>
    public override Tensor Loss(T prediction, Tensor target, LossContext context)
    {
        Tensor loss = -prediction.LogDensity(target);
        int axes = loss.Rank - 1;
        return axes == 0 ? loss : loss.Sum([.. Enumerable.Range(1, axes)]);
    }

    /// <inheritdoc/>
    public override T Rescale(T prediction, Tensor loc, Tensor scale) => prediction;

    /// <inheritdoc/>
    public override T FromRaw(Tensor raw) => _create(raw);

    /// <inheritdoc/>
    protected override Tensor InitialBias(TargetStatistics statistics) => _initial?.Invoke(statistics) ?? Tensor.Zeros([RawSize], statistics.Mean.DType);
}
