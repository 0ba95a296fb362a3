namespace ProbNet.Autodiff;

/// <summary>y = E₁(x) = ∫ₓ^∞ e^(−t)/t dt: +∞ at 0, NaN below. dy/dx = −e^(−x)/x.</summary>
internal sealed class ExpIntegralE1 : ScalarUnaryOp
{
    public static readonly ExpIntegralE1 Instance = new();

    protected override double Map(double x) => Special.ExpIntegralE1(x);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => -dy * ((-x).Exp() / x);
}
