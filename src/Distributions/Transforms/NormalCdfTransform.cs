using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>y = Φ(x), the standard Normal distribution function, element by element: from the line to (0, 1). ln |dy/dx| = −½x² − ½·ln 2π.</summary>
public sealed class NormalCdfTransform : Transform
{
    /// <inheritdoc/>
    public override Support Domain => Support.Real;

    /// <inheritdoc/>
    public override Support Codomain => Support.UnitInterval;

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x) => (x.NormalCdf(), (-0.5 * x.Square()) - Constants.HalfLogTwoPi);

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => y.NormalQuantile();
}
