using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>y = ln(sinh(x)/x), even and ~ x²/6 near 0; dy/dx is Langevin's function.</summary>
internal sealed class LogSinhc : ScalarUnaryOp
{
    public static LogSinhc Instance { get; } = new();

    protected override double Map(double x)
    {
        double size = Math.Abs(x), square = x * x;
        return size < 0.2
            ? square * ((1 / 6.0) - (square * ((1 / 180.0) - (square * ((1 / 2835.0) - (square * ((1 / 37800.0) - (square / 467775))))))))
            : size + Special.Log1p(-Math.Exp(-2 * size)) - Math.Log(2 * size);
    }

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * Langevin.Instance.Apply(x);
}
