using System.Text.Json.Nodes;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// Predicts a Normal of vectors with independent coordinates, as one distribution of the whole vector. <see cref="NormalHead"/> with outputs predicts the same as separate
/// numbers.
/// </summary>
public sealed class DiagonalNormalHead : VectorHead<Independent<Normal>>
{
    private readonly double _minScale;

    /// <summary>Creates the head.</summary>
    /// <param name="outputs">The length of a target; at least 1.</param>
    /// <param name="minScale">The floor of each standard deviation, in standardized units; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is not in its range.</exception>
    public DiagonalNormalHead(int outputs, double minScale = PositiveParameter.DefaultFloor)
        : base(new DiagonalNormalFamily(nameof(DiagonalNormalHead), outputs, minScale)) =>
        _minScale = minScale;

    /// <inheritdoc/>
    public override LayerDescription Describe() =>
        new(Name, new JsonObject { ["outputs"] = Outputs, ["min_scale"] = _minScale });
}
