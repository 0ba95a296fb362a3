using System.Text.Json.Nodes;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>Predicts a log-normal distribution of a positive target: errors that are factors rather than differences.</summary>
public sealed class LogNormalHead : FamilyHead<LogNormal>
{
    private readonly double _minScale;

    /// <summary>Creates the head.</summary>
    /// <param name="outputs">Numbers an example; null for one, with targets of shape [n].</param>
    /// <param name="minScale">The floor of the standard deviation of the logarithm; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The outputs or the floor are not in their range.</exception>
    public LogNormalHead(int? outputs = null, double minScale = PositiveParameter.DefaultFloor)
        : base(new LogNormalFamily(PositiveParameter.RequireFloor(nameof(LogNormalHead), nameof(minScale), minScale)), outputs) => _minScale = minScale;

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name, new JsonObject { ["outputs"] = Outputs, ["min_scale"] = _minScale });
}
