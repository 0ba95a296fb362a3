using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>Pairs of a radius above 0 and an angle in (−π, π].</summary>
internal sealed class PolarSupport : Support
{
    public static PolarSupport Instance { get; } = new();

    public override string Name => "(0, ∞) × (−π, π]";

    public override int EventRank => 1;

    public override Tensor Contains(Tensor value)
    {
        Tensor radius = value[TensorIndex.Ellipsis, 0], angle = value[TensorIndex.Ellipsis, 1];
        return (radius > 0) & radius.IsFinite() & (angle > -Math.PI) & (angle <= Math.PI);
    }

    public override Tensor InteriorPoint(DType dtype, Shape shape = default) => Tensor.From(1.0, 0.0).Cast(dtype);
}
