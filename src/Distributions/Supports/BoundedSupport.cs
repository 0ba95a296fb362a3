using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The part of a set of numbers between bounds, both included; with the bounds themselves, whether or not they are in the set, where outcomes gather there.</summary>
internal sealed class BoundedSupport(Support source, Tensor low, Tensor high, bool gathers) : Support
{
    public override string Name => $"{source.Name} ∩ [low, high]{(gathers ? " ∪ {low, high}" : "")}";

    public override bool IsDiscrete => source.IsDiscrete;

    internal override bool IsFixed => false;

    internal override (Tensor Low, Tensor High)? Ends(DType dtype) => source.Ends(dtype) is { } ends
        ? (Tensor.Maximum(ends.Low, low.Cast(dtype)), Tensor.Minimum(ends.High, high.Cast(dtype)))
        : (low.Cast(dtype), high.Cast(dtype));

    // A bound that is NaN must make the density NaN, so the density is asked.
    public override Tensor Contains(Tensor value)
    {
        Tensor inside = (source.Contains(value) & (value >= low) & (value <= high)) | low.IsNaN() | high.IsNaN();
        return gathers ? inside | value.EqualTo(low) | value.EqualTo(high) : inside;
    }

    public override Tensor InteriorPoint(DType dtype, Shape shape = default) => source.InteriorPoint(dtype, shape).Clip(low.Cast(dtype), high.Cast(dtype));
}
