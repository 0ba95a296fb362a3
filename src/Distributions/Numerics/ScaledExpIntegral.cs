using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>y = eˣ·E₁(x) for x &gt; 0; dy/dx = y − 1/x.</summary>
internal sealed class ScaledExpIntegral : ScalarUnaryOp
{
    public static ScaledExpIntegral Instance { get; } = new();

    protected override double Map(double x) => Special.ExpIntegralE1Scaled(x);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * (y - (1 / x));
}
