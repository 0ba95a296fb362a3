using System.Text.Json.Nodes;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// Predicts a Student t distribution, whose degrees of freedom are learned as a function of the features, or fixed: outliers widen its tails rather
/// than its scale.
/// </summary>
public sealed class StudentTHead : FamilyHead<StudentT>
{
    private readonly StudentTFamily _family;

    /// <summary>Creates the head.</summary>
    /// <param name="outputs">Numbers an example; null for one, with targets of shape [n].</param>
    /// <param name="df">The degrees of freedom, above 1, so that a mean exists; null to learn them.</param>
    /// <param name="minDf">The floor of learned degrees of freedom, above 1; at 2 every prediction has a variance.</param>
    /// <param name="minScale">The floor of the scale, in standardized units; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is not in its range.</exception>
    public StudentTHead(int? outputs = null, double? df = null, double minDf = 2, double minScale = PositiveParameter.DefaultFloor)
        : this(StudentTFamily.Checked(nameof(StudentTHead), df, minDf, minScale), outputs)
    {
    }

    private StudentTHead(StudentTFamily family, int? outputs) : base(family, outputs) => _family = family;

    /// <inheritdoc/>
    public override LayerDescription Describe() => new(Name, _family.Describe(new JsonObject { ["outputs"] = Outputs }));
}
