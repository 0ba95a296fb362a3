namespace ProbNet.Autodiff;

/// <summary>y = ∛x, real for negative x too. dy/dx = 1/(3y²), which is +∞ at 0.</summary>
internal sealed class Cbrt : ScalarUnaryOp
{
    public static readonly Cbrt Instance = new();

    protected override double Map(double x) => Math.Cbrt(x);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy / (3 * y * y);
}
