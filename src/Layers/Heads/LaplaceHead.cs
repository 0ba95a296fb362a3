using System.Text.Json.Nodes;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>Predicts a Laplace distribution: the likelihood behind the absolute error, less drawn to outliers than a Normal.</summary>
public sealed class LaplaceHead : FamilyHead<Laplace>
{
    private readonly double _minScale;

    /// <summary>Creates the head.</summary>
    /// <param name="outputs">Numbers an example; null for one, with targets of shape [n].</param>
    /// <param name="minScale">The floor of the scale, in standardized units; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The outputs or the floor are not in their range.</exception>
    public LaplaceHead(int? outputs = null, double minScale = PositiveParameter.DefaultFloor)
        : base(new LaplaceFamily(PositiveParameter.RequireFloor(nameof(LaplaceHead), nameof(minScale), minScale)), outputs) => _minScale = minScale;

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name, new JsonObject { ["outputs"] = Outputs, ["min_scale"] = _minScale });
}
