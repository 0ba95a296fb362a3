using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>y = x − ln(1 + x), ~ x²/2 near 0; dy/dx = x/(1 + x).</summary>
internal sealed class LogExcess : ScalarUnaryOp
{
    public static LogExcess Instance { get; } = new();

    protected override double Map(double x) => x > -0.9 ? Special.XMinusLog1p(x) : x - Special.Log1p(x);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * (x / (1 + x));
}
