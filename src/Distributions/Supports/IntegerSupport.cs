using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>Whole numbers between bounds, both included.</summary>
internal sealed class IntegerSupport(Tensor low, Tensor high, string name) : Support
{
    public override string Name => name;

    public override bool IsDiscrete => true;

    internal override (Tensor Low, Tensor High)? Ends(DType dtype) => (low.Cast(dtype), high.Cast(dtype));

    internal override bool IsFixed => low.IsLiteral && high.IsLiteral;

    public override Tensor Contains(Tensor value)
    {
        Tensor inside = value.EqualTo(value.Floor()) & (value >= low) & (value <= high) & value.IsFinite();

        // A bound that is NaN must make the mass NaN, so the mass is asked.
        return IsFixed ? inside : inside | (low.IsNaN() | high.IsNaN());
    }

    public override Tensor InteriorPoint(DType dtype, Shape shape = default) =>
        low.IsLiteral && double.IsInfinity(low.ToScalar()) ? Tensor.Scalar(0, dtype) : low.Cast(dtype);
}
