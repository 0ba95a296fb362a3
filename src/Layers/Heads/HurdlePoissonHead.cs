using System.Text.Json.Nodes;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>Predicts counts in two parts (Mullahy 1986): whether there is any, and how many there are then, by a Poisson distribution given that it is not 0.</summary>
public sealed class HurdlePoissonHead : FamilyHead<Hurdle<Poisson>>
{
    /// <summary>Creates the head.</summary>
    /// <param name="outputs">Counts an example; null for one, with targets of shape [n].</param>
    /// <exception cref="ArgumentOutOfRangeException">There is not at least one output.</exception>
    public HurdlePoissonHead(int? outputs = null) : base(new HurdleFamily<Poisson>(new PoissonFamily()), outputs)
    {
    }

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name, new JsonObject { ["outputs"] = Outputs });
}
