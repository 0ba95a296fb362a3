using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The z with ln Φ(z) = x, for x &lt; 0; dz/dx = exp(x)/φ(z).</summary>
internal sealed class NormalLogQuantile : ScalarUnaryOp
{
    public static NormalLogQuantile Instance { get; } = new();

    protected override double Map(double x) => Special.NormalLogQuantile(x);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * (x + (0.5 * y.Square()) + Constants.HalfLogTwoPi).Exp();
}
