using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>y = p·ln(p/q) − p + q for p &gt; 0 and q ≥ 0, the divergence of rates; ∂y/∂p = ln(p/q), ∂y/∂q = (q − p)/q.</summary>
internal sealed class RateDivergence : ScalarBinaryOp
{
    public static RateDivergence Instance { get; } = new();

    // With x = (q − p)/p it is p·(x − ln(1 + x)).
    protected override double Map(double a, double b)
    {
        double x = (b - a) / a;
        return Math.Abs(x) < 0.5 ? a * Special.XMinusLog1p(x) : b - a + (a * (Math.Log(a) - Math.Log(b)));
    }

    protected override Tensor? VjpLeft(Tensor a, Tensor b, Tensor y, Tensor dy) => dy * LogRatio.Instance.Apply(a, b);

    protected override Tensor? VjpRight(Tensor a, Tensor b, Tensor y, Tensor dy) => dy * ((b - a) / b);
}
