using System.Text.Json.Nodes;

namespace ProbNet.Layers;

/// <summary>Predicts a mixture of von Mises distributions of an angle in [−π, π], in radians: several directions may be probable.</summary>
public sealed class VonMisesMixtureHead : MixtureHead<CircularVonMises>
{
    private readonly double _minWidth;

    /// <summary>Creates the head.</summary>
    /// <param name="components">Number of von Mises distributions; at least 1.</param>
    /// <param name="outputs">Angles an example, each with a mixture of its own; null for one, with targets of shape [n].</param>
    /// <param name="minWidth">The floor of each width 1/√κ, in radians; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is not in its range.</exception>
    public VonMisesMixtureHead(int components, int? outputs = null, double minWidth = PositiveParameter.DefaultFloor)
        : base(new VonMisesFamily(PositiveParameter.RequireFloor(nameof(VonMisesMixtureHead), nameof(minWidth), minWidth)), components, outputs) => _minWidth = minWidth;

    /// <inheritdoc/>
    public override LayerDescription Describe() =>
        new(Name, new JsonObject { ["components"] = Components, ["outputs"] = Outputs, ["min_width"] = _minWidth });
}
