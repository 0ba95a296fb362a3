using System.Text.Json.Nodes;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>Predicts counts by a negative binomial distribution with additional zeros, whose probability is learned as a function of the features.</summary>
public sealed class ZeroInflatedNegativeBinomialHead : FamilyHead<ZeroInflated<NegativeBinomial>>
{
    /// <summary>Creates the head.</summary>
    /// <param name="outputs">Counts an example; null for one, with targets of shape [n].</param>
    /// <exception cref="ArgumentOutOfRangeException">There is not at least one output.</exception>
    public ZeroInflatedNegativeBinomialHead(int? outputs = null) : base(new ZeroInflatedFamily<NegativeBinomial>(new NegativeBinomialFamily()), outputs)
    {
    }

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name, new JsonObject { ["outputs"] = Outputs });
}
