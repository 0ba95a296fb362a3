using System.Text.Json.Nodes;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>Predicts a mixture of log-normal distributions of a positive target.</summary>
public sealed class LogNormalMixtureHead : MixtureHead<LogNormal>
{
    private readonly double _minScale;

    /// <summary>Creates the head.</summary>
    /// <param name="components">Number of log-normal distributions; at least 1.</param>
    /// <param name="outputs">Numbers an example, each with a mixture of its own; null for one, with targets of shape [n].</param>
    /// <param name="minScale">The floor of each standard deviation of the logarithm; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is not in its range.</exception>
    public LogNormalMixtureHead(int components, int? outputs = null, double minScale = PositiveParameter.DefaultFloor)
        : base(new LogNormalFamily(PositiveParameter.RequireFloor(nameof(LogNormalMixtureHead), nameof(minScale), minScale)), components, outputs) => _minScale = minScale;

    /// <inheritdoc/>
    public override LayerDescription Describe() =>
        new(Name, new JsonObject { ["components"] = Components, ["outputs"] = Outputs, ["min_scale"] = _minScale });
}
