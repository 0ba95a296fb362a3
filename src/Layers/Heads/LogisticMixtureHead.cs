using System.Text.Json.Nodes;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>Predicts a mixture of logistic distributions, whose tails fall exponentially: a stray target costs less than under a mixture of Normals.</summary>
public sealed class LogisticMixtureHead : MixtureHead<Logistic>
{
    private readonly double _minScale;

    /// <summary>Creates the head.</summary>
    /// <param name="components">Number of logistic distributions; at least 1.</param>
    /// <param name="outputs">Numbers an example, each with a mixture of its own; null for one, with targets of shape [n].</param>
    /// <param name="minScale">The floor of each scale, in standardized units; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is not in its range.</exception>
    public LogisticMixtureHead(int components, int? outputs = null, double minScale = PositiveParameter.DefaultFloor)
        : base(new LogisticFamily(PositiveParameter.RequireFloor(nameof(LogisticMixtureHead), nameof(minScale), minScale)), components, outputs) => _minScale = minScale;

    /// <inheritdoc/>
    public override LayerDescription Describe() =>
        new(Name, new JsonObject { ["components"] = Components, ["outputs"] = Outputs, ["min_scale"] = _minScale });
}
