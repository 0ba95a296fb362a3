using System.Text.Json.Nodes;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// Predicts counts by a Poisson distribution: Poisson regression on the features. The rate is the exponential of the raw parameter, which beyond ±20
/// grows as a logarithm only: rates of half a billion are far off, and none overflows.
/// </summary>
public sealed class PoissonHead : FamilyHead<Poisson>
{
    /// <summary>Creates the head.</summary>
    /// <param name="outputs">Counts an example; null for one, with targets of shape [n].</param>
    /// <exception cref="ArgumentOutOfRangeException">There is not at least one output.</exception>
    public PoissonHead(int? outputs = null) : base(new PoissonFamily(), outputs)
    {
    }

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name, new JsonObject { ["outputs"] = Outputs });
}
