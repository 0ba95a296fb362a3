using System.Text.Json.Nodes;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>Predicts a Normal whose mean and standard deviation both depend on the features (Nix and Weigend 1994).</summary>
public sealed class NormalHead : FamilyHead<Normal>
{
    private readonly double _minScale;

    /// <summary>Creates the head.</summary>
    /// <param name="outputs">Numbers an example; null for one, with targets of shape [n].</param>
    /// <param name="minScale">The floor of the standard deviation, in standardized units; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The outputs or the floor are not in their range.</exception>
    public NormalHead(int? outputs = null, double minScale = PositiveParameter.DefaultFloor)
        : base(new NormalFamily(PositiveParameter.RequireFloor(nameof(NormalHead), nameof(minScale), minScale)), outputs) => _minScale = minScale;

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name, new JsonObject { ["outputs"] = Outputs, ["min_scale"] = _minScale });
}
