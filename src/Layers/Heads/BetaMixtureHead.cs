using System.Text.Json.Nodes;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>Predicts a mixture of Beta distributions of a fraction strictly between 0 and 1.</summary>
public sealed class BetaMixtureHead : MixtureHead<Beta>
{
    private readonly double _minWidth;

    /// <summary>Creates the head.</summary>
    /// <param name="components">Number of Beta distributions; at least 1.</param>
    /// <param name="outputs">Fractions an example, each with a mixture of its own; null for one, with targets of shape [n].</param>
    /// <param name="minWidth">The floor of each width w, of which the standard deviation of a component with mean m is √(m·(1 − m))·w/√(1 + w²); above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is not in its range.</exception>
    public BetaMixtureHead(int components, int? outputs = null, double minWidth = PositiveParameter.DefaultFloor)
        : base(new BetaFamily(PositiveParameter.RequireFloor(nameof(BetaMixtureHead), nameof(minWidth), minWidth)), components, outputs) => _minWidth = minWidth;

    /// <inheritdoc/>
    public override LayerDescription Describe() =>
        new(Name, new JsonObject { ["components"] = Components, ["outputs"] = Outputs, ["min_width"] = _minWidth });
}
