namespace ProbNet.Autodiff;

/// <summary>y = e^(−|x|) I₀(x). dy/dx = e^(−|x|) I₁(x) − sign(x)·y, which is 0 at 0.</summary>
internal sealed class BesselI0e : ScalarUnaryOp
{
    public static readonly BesselI0e Instance = new();

    protected override double Map(double x) => Special.BesselI0e(x);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * (x.BesselI1e() - (x.Sign() * y));
}
