using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>y = eˣ, element by element: from the line to the positive numbers. ln |dy/dx| = x.</summary>
public sealed class ExpTransform : Transform
{
    /// <inheritdoc/>
    public override Support Domain => Support.Real;

    /// <inheritdoc/>
    public override Support Codomain => Support.Positive;

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x) => (x.Exp(), x);

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => y.Log();
}
