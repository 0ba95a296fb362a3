namespace ProbNet.Autodiff;

/// <summary>y = eˣ K₀(x). dy/dx = y − eˣ K₁(x), which is −∞ at 0.</summary>
internal sealed class BesselK0e : ScalarUnaryOp
{
    public static readonly BesselK0e Instance = new();

    protected override double Map(double x) => Special.BesselK0e(x);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy)
    {
        Tensor zero = x.EqualTo(0), at = Tensor.Where(zero, 1, x);
        return dy * Tensor.Where(zero, double.NegativeInfinity, at.BesselK0e() - at.BesselK1e());
    }
}
