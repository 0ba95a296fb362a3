using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// y = tanh x, element by element: from the line to (−1, 1). ln |dy/dx| = ln(1 − y²), computed as 2·(ln 2 − x − ln(1 + e⁻²ˣ)), which stays exact where y has
/// rounded to ±1.
/// </summary>
public sealed class TanhTransform : Transform
{
    private const double LogTwo = 0.69314718055994530942;

    /// <inheritdoc/>
    public override Support Domain => Support.Real;

    /// <inheritdoc/>
    public override Support Codomain => IntervalSupport.SignedUnit;

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x) => (x.Tanh(), LogSlope(x));

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => y.Atanh();

    /// <summary>ln(1 − tanh²x).</summary>
    internal static Tensor LogSlope(Tensor x) => 2 * (LogTwo - x - (-2 * x).Softplus());
}
