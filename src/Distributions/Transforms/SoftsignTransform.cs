using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>y = x/(1 + |x|), element by element: from the line to (−1, 1). ln |dy/dx| = −2·ln(1 + |x|).</summary>
public sealed class SoftsignTransform : Transform
{
    /// <inheritdoc/>
    public override Support Domain => Support.Real;

    /// <inheritdoc/>
    public override Support Codomain => IntervalSupport.SignedUnit;

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x) => (x.Softsign(), -2 * x.Abs().Log1p());

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => y / (1 - y.Abs());
}
