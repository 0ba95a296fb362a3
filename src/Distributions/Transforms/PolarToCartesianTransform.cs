using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>(r, θ) ↦ (r·cos θ, r·sin θ) for r &gt; 0 and θ in (−π, π]. The log-determinant is ln r.</summary>
public sealed class PolarToCartesianTransform : Transform
{
    /// <inheritdoc/>
    public override int EventRank => 1;

    /// <inheritdoc/>
    public override Support Domain => PolarSupport.Instance;

    /// <inheritdoc/>
    public override Support Codomain => Support.Real;

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x)
    {
        Tensor r = x[TensorIndex.Ellipsis, 0], angle = x[TensorIndex.Ellipsis, 1];
        return (Tensor.Stack([r * angle.Cos(), r * angle.Sin()], -1), r.Log());
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y)
    {
        Tensor first = y[TensorIndex.Ellipsis, 0], second = y[TensorIndex.Ellipsis, 1];
        return Tensor.Stack([Tensor.Hypot(first, second), Tensor.Atan2(second, first)], -1);
    }
}
