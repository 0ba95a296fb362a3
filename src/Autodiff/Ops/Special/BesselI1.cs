namespace ProbNet.Autodiff;

/// <summary>y = I₁(x), the modified Bessel function of the first kind. dy/dx = I₀(x) − y/x, which is ½ at 0.</summary>
internal sealed class BesselI1 : ScalarUnaryOp
{
    public static readonly BesselI1 Instance = new();

    protected override double Map(double x) => Special.BesselI1(x);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy)
    {
        // Where y is infinite, so is its derivative, and neither difference nor quotient is.
        Tensor infinite = y.IsInfinite(), near = Tensor.Where(infinite, 0, x), zero = near.EqualTo(0);
        Tensor slope = near.BesselI0() - (Tensor.Where(infinite, 0, y) / Tensor.Where(zero, 1, near));
        return dy * Tensor.Where(infinite, y.Abs(), Tensor.Where(zero, 0.5, slope));
    }
}
