namespace ProbNet.Autodiff;

/// <summary>y = I₀(x), the modified Bessel function of the first kind. dy/dx = I₁(x).</summary>
internal sealed class BesselI0 : ScalarUnaryOp
{
    public static readonly BesselI0 Instance = new();

    protected override double Map(double x) => Special.BesselI0(x);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * x.BesselI1();
}
