namespace ProbNet.Autodiff;

/// <summary>y = log₁₀(x): NaN below 0, −∞ at 0. dy/dx = 1/(x ln 10).</summary>
internal sealed class Log10 : ScalarUnaryOp
{
    public static readonly Log10 Instance = new();

    protected override double Map(double x) => Math.Log10(x);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy / (x * Math.Log(10));
}
