using System.Text.Json.Nodes;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// Predicts counts in two parts: whether there is any, and how many there are then, by a negative binomial distribution given that it is not 0.
/// </summary>
public sealed class HurdleNegativeBinomialHead : FamilyHead<Hurdle<NegativeBinomial>>
{
    /// <summary>Creates the head.</summary>
    /// <param name="outputs">Counts an example; null for one, with targets of shape [n].</param>
    /// <exception cref="ArgumentOutOfRangeException">There is not at least one output.</exception>
    public HurdleNegativeBinomialHead(int? outputs = null) : base(new HurdleFamily<NegativeBinomial>(new NegativeBinomialFamily()), outputs)
    {
    }

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name, new JsonObject { ["outputs"] = Outputs });
}
