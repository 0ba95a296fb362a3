using System.Text.Json.Nodes;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// Predicts a mixture of Student t distributions, whose degrees of freedom are learned as a function of the features, or fixed: several modes, and tails that
/// stray targets do not surprise.
/// </summary>
public sealed class StudentTMixtureHead : MixtureHead<StudentT>
{
    private readonly StudentTFamily _family;

    /// <summary>Creates the head.</summary>
    /// <param name="components">Number of Student t distributions; at least 1.</param>
    /// <param name="outputs">Numbers an example, each with a mixture of its own; null for one, with targets of shape [n].</param>
    /// <param name="df">The degrees of freedom, above 1, so that a mean exists; null to learn them.</param>
    /// <param name="minDf">The floor of learned degrees of freedom, above 1; at 2 every prediction has a variance.</param>
    /// <param name="minScale">The floor of each scale, in standardized units; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is not in its range.</exception>
    public StudentTMixtureHead(
        int components, int? outputs = null, double? df = null, double minDf = 2, double minScale = PositiveParameter.DefaultFloor)
        : this(StudentTFamily.Checked(nameof(StudentTMixtureHead), df, minDf, minScale), components, outputs)
    {
    }

    private StudentTMixtureHead(StudentTFamily family, int components, int? outputs) : base(family, components, outputs) => _family = family;

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name, _family.Describe(new JsonObject { ["components"] = Components, ["outputs"] = Outputs }));
}
