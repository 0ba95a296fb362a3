using System.Text.Json.Nodes;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>Predicts a logistic distribution: near to a Normal in the middle, with tails that fall exponentially.</summary>
public sealed class LogisticHead : FamilyHead<Logistic>
{
    private readonly double _minScale;

    /// <summary>Creates the head.</summary>
    /// <param name="outputs">Numbers an example; null for one, with targets of shape [n].</param>
    /// <param name="minScale">The floor of the scale, in standardized units; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The outputs or the floor are not in their range.</exception>
    public LogisticHead(int? outputs = null, double minScale = PositiveParameter.DefaultFloor)
        : base(new LogisticFamily(PositiveParameter.RequireFloor(nameof(LogisticHead), nameof(minScale), minScale)), outputs) => _minScale = minScale;

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name, new JsonObject { ["outputs"] = Outputs, ["min_scale"] = _minScale });
}
