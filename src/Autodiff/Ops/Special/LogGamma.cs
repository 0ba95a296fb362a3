namespace ProbNet.Autodiff;

/// <summary>y = ln |Γ(x)|: +∞ at 0 and the negative integers. dy/dx = ψ(x).</summary>
internal sealed class LogGamma : ScalarUnaryOp
{
    public static readonly LogGamma Instance = new();

    protected override double Map(double x) => Special.LogGamma(x);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * x.Digamma();
}
