namespace ProbNet.Autodiff;

/// <summary>y = K₀(x), the modified Bessel function of the second kind: +∞ at 0, NaN below. dy/dx = −K₁(x).</summary>
internal sealed class BesselK0 : ScalarUnaryOp
{
    public static readonly BesselK0 Instance = new();

    protected override double Map(double x) => Special.BesselK0(x);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => -dy * x.BesselK1();
}
