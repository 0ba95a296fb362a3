namespace ProbNet.Autodiff;

/// <summary>y = eˣ K₁(x). dy/dx = y − eˣ K₀(x) − y/x, which is −∞ at 0.</summary>
internal sealed class BesselK1e : ScalarUnaryOp
{
    public static readonly BesselK1e Instance = new();

    protected override double Map(double x) => Special.BesselK1e(x);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy)
    {
        Tensor zero = x.EqualTo(0), at = Tensor.Where(zero, 1, x);
        return dy * Tensor.Where(zero, double.NegativeInfinity, at.BesselK1e() - at.BesselK0e() - (at.BesselK1e() / at));
    }
}
