using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// What a generative adversarial network has learned: it can be drawn from, and nothing else is known of it. It has no density, so asking for one does not compile;
/// compare it by its draws (<see cref="Scores.Energy(Sampler, Tensor, RandomKey, int, double)"/>).
/// </summary>
public sealed class Generator : Sampler
{
    private readonly GanNetworks _networks;
    private readonly Tensor[] _weights;
    private readonly Tensor? _loc, _scale;

    internal Generator(GanNetworks networks, Tensor features, Tensor[] weights, Tensor? loc = null, Tensor? scale = null) =>
        (_networks, Features, _weights, _loc, _scale) = (networks, features, weights, loc, scale);

    /// <inheritdoc/>
    public override Shape BatchShape => Features.Shape[..^1];

    /// <inheritdoc/>
    public override Shape EventShape => [_networks.Dimension];

    /// <inheritdoc/>
    public override DType DType => Features.DType;

    internal Tensor Features { get; }

    /// <summary>Data in the units of the networks.</summary>
    internal Tensor Standardize(Tensor data) => _scale is null ? data : (data - _loc!) / _scale;

    /// <summary>The distribution of loc + scale·x for these x.</summary>
    internal Generator Rescale(Tensor loc, Tensor scale) => _scale is null
        ? new(_networks, Features, _weights, loc, scale)
        : new(_networks, Features, _weights, loc + (scale * _loc!), scale * _scale);

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape)
    {
        Shape lead = shape.Concat(BatchShape);
        Tensor rows = Features.BroadcastTo(lead.Concat(Features.Shape[^1..])).Reshape(lead.Size, Features.Shape[-1]);
        Tensor draws = _networks.Draw(key, rows, _weights).Reshape(SampleShape(shape));
        return _scale is null ? draws : _loc! + (_scale * draws);
    }
}
