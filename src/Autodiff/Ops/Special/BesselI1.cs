namespace ProbNet.Autodiff;

/// <summary>y = I₁(x), the modified Bessel function of the first kind. dy/dx = I₀(x) − y/x, which is ½ at 0.</summary>
internal sealed class BesselI1 : ScalarUnaryOp
{
    public static readonly BesselI1 Instance = new();

    protected override double Map(double x) => Special.BesselI1(x);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy)
    {
        Tensor zero = x.EqualTo(0);
        return dy * Tensor.Where(zero, 0.5, x.BesselI0() - (y / Tensor.Where(zero, 1, x)));
    }
}
