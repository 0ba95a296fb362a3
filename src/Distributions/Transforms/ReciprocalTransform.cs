using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// y = 1/x, element by element. ln |dy/dx| = −2·ln |x|. As a map of distributions it is one of the positive numbers, where it is monotone; the
/// formulas hold for negative numbers too.
/// </summary>
public sealed class ReciprocalTransform : Transform
{
    /// <inheritdoc/>
    public override Support Domain => Support.Positive;

    /// <inheritdoc/>
    public override Support Codomain => Support.Positive;

    /// <inheritdoc/>
    public override bool IsIncreasing => false;

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x) => (x.Reciprocal(), -2 * x.Abs().Log());

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => y.Reciprocal();

    /// <inheritdoc/>
    public override Transform Inverted() => this;
}
