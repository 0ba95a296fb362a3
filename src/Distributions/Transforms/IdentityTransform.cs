using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>y = x.</summary>
public sealed class IdentityTransform : Transform
{
    /// <inheritdoc/>
    public override Support Domain => Support.Real;

    /// <inheritdoc/>
    public override Support Codomain => Support.Real;

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x) => (x, Constant(0.0, x));

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => y;
}
