using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The x with I_x(a, b) = p. A value only: <see cref="ImplicitGradient"/> differentiates.</summary>
internal sealed class IncompleteBetaInverse : SpecialOp
{
    public static IncompleteBetaInverse Instance { get; } = new();

    public override bool IsDifferentiable => false;

    public override double Map(double a, double b, double p) => p >= 0 && p <= 1 ? Special.BetaRegularizedInverse(a, b, p) : double.NaN;

    public override double Step(int index, double a, double b, double c) => 0;
}
