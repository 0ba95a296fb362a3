namespace ProbNet.Autodiff;

/// <summary>y = J₀(x), the Bessel function of the first kind. dy/dx = −J₁(x).</summary>
internal sealed class BesselJ0 : ScalarUnaryOp
{
    public static readonly BesselJ0 Instance = new();

    protected override double Map(double x) => Special.BesselJ0(x);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => -dy * x.BesselJ1();
}
