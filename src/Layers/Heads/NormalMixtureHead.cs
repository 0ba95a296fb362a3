using System.Text.Json.Nodes;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>Predicts a mixture of Normals, the mixture density network of Bishop (1994): any shape of density, several modes included.</summary>
public sealed class NormalMixtureHead : MixtureHead<Normal>
{
    private readonly double _minScale;

    /// <summary>Creates the head.</summary>
    /// <param name="components">Number of Normals; at least 1.</param>
    /// <param name="outputs">Numbers an example, each with a mixture of its own; null for one, with targets of shape [n].</param>
    /// <param name="minScale">The floor of each standard deviation, in standardized units; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is not in its range.</exception>
    public NormalMixtureHead(int components, int? outputs = null, double minScale = PositiveParameter.DefaultFloor)
        : base(new NormalFamily(PositiveParameter.RequireFloor(nameof(NormalMixtureHead), nameof(minScale), minScale)), components, outputs) => _minScale = minScale;

    /// <inheritdoc/>
    public override LayerDescription Describe() =>
        new(Name, new JsonObject { ["components"] = Components, ["outputs"] = Outputs, ["min_scale"] = _minScale });
}
