using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>x/(1 − x) at I_x(a, b) = p, accurate at both ends. A value only: <see cref="ImplicitGradient"/> differentiates.</summary>
internal sealed class BetaOddsQuantile : SpecialOp
{
    public static BetaOddsQuantile Instance { get; } = new();

    public override bool IsDifferentiable => false;

    public override double Map(double a, double b, double p)
    {
        (double x, double y) = Special.BetaInverse(a, b, p, 1 - p);
        return x / y;
    }

    public override double Step(int index, double a, double b, double p) => 0;
}
