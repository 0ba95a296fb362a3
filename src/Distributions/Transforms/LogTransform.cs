using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>y = ln x, element by element: from the positive numbers to the line. ln |dy/dx| = −ln x.</summary>
public sealed class LogTransform : Transform
{
    /// <inheritdoc/>
    public override Support Domain => Support.Positive;

    /// <inheritdoc/>
    public override Support Codomain => Support.Real;

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x)
    {
        Tensor y = x.Log();
        return (y, -y);
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => y.Exp();
}
