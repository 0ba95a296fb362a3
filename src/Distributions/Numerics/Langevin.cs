using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>y = coth(x) − 1/x, odd and ~ x/3 near 0.</summary>
internal sealed class Langevin : ScalarUnaryOp
{
    public static Langevin Instance { get; } = new();

    protected override double Map(double x)
    {
        double square = x * x;
        return Math.Abs(x) < 0.2
            ? x * ((1 / 3.0) - (square * ((1 / 45.0) - (square * ((2 / 945.0) - (square * ((1 / 4725.0) - (square * 2 / 93555))))))))
            : (1 / Math.Tanh(x)) - (1 / x);
    }

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) => dy * LangevinSlope.Instance.Apply(x);
}
