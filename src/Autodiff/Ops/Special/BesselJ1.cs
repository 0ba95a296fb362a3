namespace ProbNet.Autodiff;

/// <summary>y = J₁(x), the Bessel function of the first kind. dy/dx = J₀(x) − y/x, which is ½ at 0.</summary>
internal sealed class BesselJ1 : ScalarUnaryOp
{
    public static readonly BesselJ1 Instance = new();

    protected override double Map(double x) => Special.BesselJ1(x);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy)
    {
        Tensor zero = x.EqualTo(0);
        return dy * Tensor.Where(zero, 0.5, x.BesselJ0() - (y / Tensor.Where(zero, 1, x)));
    }
}
