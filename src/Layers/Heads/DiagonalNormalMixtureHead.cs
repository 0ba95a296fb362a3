using System.Text.Json.Nodes;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// Predicts a mixture of Normals of vectors with independent coordinates: the coordinates depend on each other through the component that they come from.
/// </summary>
public sealed class DiagonalNormalMixtureHead : VectorMixtureHead<Independent<Normal>>
{
    private readonly double _minScale;

    /// <summary>Creates the head.</summary>
    /// <param name="components">Number of Normals; at least 1.</param>
    /// <param name="outputs">The length of a target; at least 1.</param>
    /// <param name="minScale">The floor of each standard deviation, in standardized units; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is not in its range.</exception>
    public DiagonalNormalMixtureHead(int components, int outputs, double minScale = PositiveParameter.DefaultFloor)
        : base(new DiagonalNormalFamily(nameof(DiagonalNormalMixtureHead), outputs, minScale), components) =>
        _minScale = minScale;

    /// <inheritdoc/>
    public override LayerDescription Describe() =>
        new(Name, new JsonObject { ["components"] = Components, ["outputs"] = Outputs, ["min_scale"] = _minScale });
}
