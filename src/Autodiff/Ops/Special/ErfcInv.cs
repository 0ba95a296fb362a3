namespace ProbNet.Autodiff;

/// <summary>y with erfc(y) = x: +∞ at 0, −∞ at 2, NaN outside. dy/dx = −√π/2 e^(y²).</summary>
internal sealed class ErfcInv : ScalarUnaryOp
{
    public static readonly ErfcInv Instance = new();

    protected override double Map(double x) => Special.ErfcInv(x);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => -dy / Erf.TwoBySqrtPi * (y * y).Exp();
}
