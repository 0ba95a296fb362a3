namespace ProbNet.Autodiff;

/// <summary>y = K₁(x), the modified Bessel function of the second kind: +∞ at 0, NaN below. dy/dx = −K₀(x) − y/x.</summary>
internal sealed class BesselK1 : ScalarUnaryOp
{
    public static readonly BesselK1 Instance = new();

    protected override double Map(double x) => Special.BesselK1(x);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => -dy * (x.BesselK0() + (y / x));
}
