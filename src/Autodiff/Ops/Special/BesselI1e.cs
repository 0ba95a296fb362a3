namespace ProbNet.Autodiff;

/// <summary>y = e^(−|x|) I₁(x). dy/dx = e^(−|x|) I₀(x) − y/x − sign(x)·y, which is ½ at 0.</summary>
internal sealed class BesselI1e : ScalarUnaryOp
{
    public static readonly BesselI1e Instance = new();

    protected override double Map(double x) => Special.BesselI1e(x);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy)
    {
        Tensor zero = x.EqualTo(0);
        return dy * (Tensor.Where(zero, 0.5, x.BesselI0e() - (y / Tensor.Where(zero, 1, x))) - (x.Sign() * y));
    }
}
