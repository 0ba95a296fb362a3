using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>y = ln(a/b) of positive numbers, also where a/b is near 1 or leaves the range of the type; ∂y/∂a = 1/a, ∂y/∂b = −1/b.</summary>
internal sealed class LogRatio : ScalarBinaryOp
{
    public static LogRatio Instance { get; } = new();

    protected override double Map(double a, double b)
    {
        double ratio = a / b;
        return ratio is > 0.5 and < 2 ? Special.Log1p((a - b) / b) : ratio is > 1e-300 and < 1e300 ? Math.Log(ratio) : Math.Log(a) - Math.Log(b);
    }

    protected override Tensor? VjpLeft(Tensor a, Tensor b, Tensor y, Tensor dy) => dy / a;

    protected override Tensor? VjpRight(Tensor a, Tensor b, Tensor y, Tensor dy) => -dy / b;
}
