namespace ProbNet.Autodiff;

/// <summary>y with Φ(y) = x: −∞ at 0, +∞ at 1, NaN outside. dy/dx = √(2π) e^(y²/2).</summary>
internal sealed class NormalQuantile : ScalarUnaryOp
{
    public static readonly NormalQuantile Instance = new();

    protected override double Map(double x) => Special.NormalQuantile(x);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy / NormalCdf.DensityAtZero * (0.5 * y * y).Exp();
}
