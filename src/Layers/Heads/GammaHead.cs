using System.Text.Json.Nodes;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// Predicts a Gamma distribution of a positive target, by its mean and its relative width (standard deviation over mean): the likelihood of amounts and waiting times.
/// </summary>
public sealed class GammaHead : FamilyHead<Gamma>
{
    private readonly double _minWidth;

    /// <summary>Creates the head.</summary>
    /// <param name="outputs">Numbers an example; null for one, with targets of shape [n].</param>
    /// <param name="minWidth">The floor of the relative width; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The outputs or the floor are not in their range.</exception>
    public GammaHead(int? outputs = null, double minWidth = PositiveParameter.DefaultFloor)
        : base(new GammaFamily(PositiveParameter.RequireFloor(nameof(GammaHead), nameof(minWidth), minWidth)), outputs) => _minWidth = minWidth;

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name, new JsonObject { ["outputs"] = Outputs, ["min_width"] = _minWidth });
}
