using System.Text.Json.Nodes;

namespace ProbNet.Layers;

/// <summary>Predicts a von Mises distribution of an angle in [−π, π], in radians: what a Normal is on the line, without a jump where the circle closes.</summary>
public sealed class VonMisesHead : FamilyHead<CircularVonMises>
{
    private readonly double _minWidth;

    /// <summary>Creates the head.</summary>
    /// <param name="outputs">Angles an example; null for one, with targets of shape [n].</param>
    /// <param name="minWidth">The floor of the width 1/√κ, in radians; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is not in its range.</exception>
    public VonMisesHead(int? outputs = null, double minWidth = PositiveParameter.DefaultFloor)
        : base(new VonMisesFamily(PositiveParameter.RequireFloor(nameof(VonMisesHead), nameof(minWidth), minWidth)), outputs) => _minWidth = minWidth;

    /// <inheritdoc/>
    public override LayerDescription Describe() =>
        new(Name, new JsonObject { ["outputs"] = Outputs, ["min_width"] = _minWidth });
}
