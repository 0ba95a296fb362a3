using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// ln I_x(a, b) with x = σ(t), accurate where x or 1 − x is too small for a number: below t = −600 it is a·t − ln a − ln B(a, b), to a relative error of x. The
/// arguments are a, b and t.
/// </summary>
internal sealed class LogitIncompleteBeta : SpecialOp
{
    private const double Far = -600;

    public static LogitIncompleteBeta Instance { get; } = new();

    public override double Map(double a, double b, double t)
    {
        (double x, double y) = Sides(t);
        return t < Far ? (a * t) - Math.Log(a) - Special.LogBeta(a, b) : Special.LogIncompleteBeta(a, b, x, y);
    }

    public override double Slope(int index, double a, double b, double t)
    {
        if (index == 2)
        {
            return base.Slope(index, a, b, t);
        }

        (double x, double y) = Sides(t);
        double log = Map(a, b, t), total = Special.Digamma(a + b);
        if (t < Far)
        {
            return index == 0 ? t - (1 / a) - Special.Digamma(a) + total : total - Special.Digamma(b);
        }

        (double byA, double byB) = Special.BetaRegularizedDerivatives(a, b, x, y);
        return log > -600 ? (index == 0 ? byA : byB) / Math.Exp(log) : base.Slope(index, a, b, t);
    }

    public override double Step(int index, double a, double b, double t) => index == 0 ? a / (1 + Math.Sqrt(a)) : index == 1 ? b / (1 + Math.Sqrt(b)) : 1 / (1 + Math.Sqrt(a + b));

    // ∂/∂t is the density of the logit over the tail.
    protected override Tensor? Derivative(int index, Tensor[] inputs, Tensor output) => index != 2 ? base.Derivative(index, inputs, output)
        : Hazard(static x => (x[0] * x[2].LogSigmoid()) + (x[1] * (-x[2]).LogSigmoid()) - Tensor.LogBeta(x[0], x[1]), inputs, output);

    private static (double X, double Y) Sides(double t) => (1 / (1 + Math.Exp(-t)), 1 / (1 + Math.Exp(t)));
}
