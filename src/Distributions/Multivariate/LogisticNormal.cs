using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// Vectors of the simplex of n + 1 whose <see cref="StickBreakingTransform"/> coordinates are independent Normals. The density is with respect to all
/// coordinates but the last.
/// </summary>
/// <param name="loc">The means of the Normals, [..., n].</param>
/// <param name="scale">Their standard deviations, [..., n]; above 0.</param>
public sealed class LogisticNormal(Tensor loc, Tensor scale)
    : TransformedVector(MultivariateNormal.Diagonal(loc, scale), new StickBreakingTransform())
{
    /// <inheritdoc/>
    public override string Name => nameof(LogisticNormal);
}
