using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// A distribution of vectors as a product of conditionals, p(y₁)·p(y₂ | y₁)·…: each is a mixture of Normals whose parameters a network computes from the
/// coordinates before. The density is exact; draws are made coordinate by coordinate.
/// </summary>
public sealed class AutoregressiveMixture : Distribution
{
    private readonly AutoregressiveNetwork _network;
    private readonly Tensor _context;
    private readonly (Tensor Target, Tensor Output, Tensor Bias) _weights;
    private readonly AffineUnits _units;

    internal AutoregressiveMixture(
        AutoregressiveNetwork network, Tensor context, (Tensor Target, Tensor Output, Tensor Bias) weights, AffineUnits units = default) =>
        (_network, _context, _weights, _units) = (network, context, weights, units);

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("context", _context)];

    /// <inheritdoc/>
    public override Shape BatchShape => _context.Shape[..^2];

    /// <inheritdoc/>
    public override Shape EventShape => [_network.Outputs];

    /// <inheritdoc/>
    public override Support Support => Support.Real;

    /// <summary>By search, since there is no formula: see <see cref="Distribution.SearchMode"/>.</summary>
    public override Tensor Mode => SearchMode();

    /// <summary>The mixtures of all coordinates given the coordinates before each, of batch shape sample + batch + [outputs].</summary>
    /// <param name="value">Outcomes, broadcast against batch + event; the last coordinate is not used.</param>
    public Mixture<Normal> Conditionals(Tensor value)
    {
        Mixture<Normal> standard = _network.Conditionals(_context, _weights, _units.ToNetwork(CheckValue(value, nameof(Conditionals))));
        return _units is { Loc: { } loc, Scale: { } scale }
            ? new(standard.Logits, standard.Components.AffineTransform(loc.Unsqueeze(-1), scale.Unsqueeze(-1)))
            : standard;
    }

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value)
    {
        Tensor z = _units.ToNetwork(value), log = _network.Conditionals(_context, _weights, z).LogDensity(z).Sum(-1);
        return log - _units.LogFactor(EventShape, DType);
    }

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => _units.ToData(_network.Draw(key, _context, _weights, SampleShape(shape)));

    /// <summary>The distribution of loc + scale·Y, coordinate by coordinate.</summary>
    internal AutoregressiveMixture AffineTransform(Tensor loc, Tensor scale) => new(_network, _context, _weights, _units.Then(loc, scale));
}
