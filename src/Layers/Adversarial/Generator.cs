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
    private readonly AffineUnits _units;

    internal Generator(GanNetworks networks, Tensor features, Tensor[] weights, AffineUnits units = default) =>
        (_networks, Features, _weights, _units) = (networks, features, weights, units);

    /// <inheritdoc/>
    public override Shape BatchShape => Features.Shape[..^1];

    /// <inheritdoc/>
    public override Shape EventShape => [_networks.Dimension];

    /// <inheritdoc/>
    public override DType DType => Features.DType;

    internal Tensor Features { get; }

    /// <summary>Data in the units of the networks.</summary>
    internal Tensor Standardize(Tensor data) => _units.ToNetwork(data);

    /// <summary>The distribution of loc + scale·x for these x.</summary>
    internal Generator Rescale(Tensor loc, Tensor scale) => new(_networks, Features, _weights, _units.Then(loc, scale));

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape)
    {
        Shape lead = shape.Concat(BatchShape);
        Tensor rows = Features.BroadcastTo(lead.Concat(Features.Shape[^1..])).Reshape(lead.Size, Features.Shape[-1]);
        return _units.ToData(_networks.Draw(key, rows, _weights).Reshape(SampleShape(shape)));
    }
}
