using System.Text.Json.Nodes;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// Predicts a Beta distribution of a fraction strictly between 0 and 1, by its mean m and a width w: the standard deviation is √(m·(1 − m))·w/√(1 + w²).
/// </summary>
public sealed class BetaHead : FamilyHead<Beta>
{
    private readonly double _minWidth;

    /// <summary>Creates the head.</summary>
    /// <param name="outputs">Numbers an example; null for one, with targets of shape [n].</param>
    /// <param name="minWidth">The floor of w; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The outputs or the floor are not in their range.</exception>
    public BetaHead(int? outputs = null, double minWidth = PositiveParameter.DefaultFloor)
        : base(new BetaFamily(PositiveParameter.RequireFloor(nameof(BetaHead), nameof(minWidth), minWidth)), outputs) => _minWidth = minWidth;

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name, new JsonObject { ["outputs"] = Outputs, ["min_width"] = _minWidth });
}
