using System.Text.Json.Nodes;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// Predicts counts by a negative binomial distribution, whose variance μ + e·μ² is above that of a Poisson: both the mean and e, between 10⁻³ and 10⁴, are
/// learned as functions of the features.
/// </summary>
public sealed class NegativeBinomialHead : FamilyHead<NegativeBinomial>
{
    /// <summary>Creates the head.</summary>
    /// <param name="outputs">Counts an example; null for one, with targets of shape [n].</param>
    /// <exception cref="ArgumentOutOfRangeException">There is not at least one output.</exception>
    public NegativeBinomialHead(int? outputs = null) : base(new NegativeBinomialFamily(), outputs)
    {
    }

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name, new JsonObject { ["outputs"] = Outputs });
}
