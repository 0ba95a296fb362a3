namespace ProbNet.Autodiff;

/// <summary>y with erf(y) = x: ±∞ at ±1, NaN outside. dy/dx = √π/2 e^(y²).</summary>
internal sealed class ErfInv : ScalarUnaryOp
{
    public static readonly ErfInv Instance = new();

    protected override double Map(double x) => Special.ErfInv(x);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy / Erf.TwoBySqrtPi * (y * y).Exp();
}
