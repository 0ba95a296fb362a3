using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The x with P(a, x) = p. A value only: <see cref="ImplicitGradient"/> differentiates.</summary>
internal sealed class IncompleteGammaInverse : SpecialOp
{
    public static IncompleteGammaInverse Instance { get; } = new();

    public override bool IsDifferentiable => false;

    public override double Map(double a, double p, double c) => p >= 0 && p <= 1 ? Special.GammaPInverse(a, p) : double.NaN;

    public override double Step(int index, double a, double b, double c) => 0;
}
