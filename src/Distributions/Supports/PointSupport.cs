using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>A finite set of numbers, listed along the last axis of a tensor of parameters: [..., points].</summary>
internal sealed class PointSupport(Tensor points) : Support
{
    public override string Name => points.Shape[-1] == 1 ? "{value}" : "{x₁, …, xₙ}";

    internal override bool IsFixed => false;

    internal override (Tensor Low, Tensor High)? Ends(DType dtype) => (points.Cast(dtype).Min(-1), points.Cast(dtype).Max(-1));

    // A point that is NaN must make the mass NaN, so the mass is asked.
    public override Tensor Contains(Tensor value) => (value.Unsqueeze(-1).EqualTo(points) | points.IsNaN()).Any(-1);

    public override Tensor InteriorPoint(DType dtype, Shape shape = default) => points.Cast(dtype)[TensorIndex.Ellipsis, 0];

    public override Transform FromReal() => throw new NotSupportedException($"Support {Name}: there is no map from the real line to single points.");
}
