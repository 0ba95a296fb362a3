using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>y = ln(1 + eˣ), element by element: from the line to the positive numbers. ln |dy/dx| = ln σ(x).</summary>
public sealed class SoftplusTransform : Transform
{
    /// <inheritdoc/>
    public override Support Domain => Support.Real;

    /// <inheritdoc/>
    public override Support Codomain => Support.Positive;

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x) => (x.Softplus(), x.LogSigmoid());

    /// <summary>x = y + ln(1 − e⁻ʸ), which keeps its digits for small y.</summary>
    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => y + (-y).Log1mExp();
}
