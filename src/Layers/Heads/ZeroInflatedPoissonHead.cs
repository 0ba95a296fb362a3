using System.Text.Json.Nodes;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>Predicts counts by a Poisson distribution with additional zeros, whose probability is learned as a function of the features (Lambert 1992).</summary>
public sealed class ZeroInflatedPoissonHead : FamilyHead<ZeroInflated<Poisson>>
{
    /// <summary>Creates the head.</summary>
    /// <param name="outputs">Counts an example; null for one, with targets of shape [n].</param>
    /// <exception cref="ArgumentOutOfRangeException">There is not at least one output.</exception>
    public ZeroInflatedPoissonHead(int? outputs = null) : base(new ZeroInflatedFamily<Poisson>(new PoissonFamily()), outputs)
    {
    }

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name, new JsonObject { ["outputs"] = Outputs });
}
