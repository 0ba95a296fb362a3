using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The x with Q(a, x) = q, accurate for small q. A value only: <see cref="ImplicitGradient"/> differentiates.</summary>
internal sealed class GammaUpperQuantile : SpecialOp
{
    public static GammaUpperQuantile Instance { get; } = new();

    public override bool IsDifferentiable => false;

    public override double Map(double a, double q, double c) => Special.GammaQInverse(a, q);

    public override double Step(int index, double a, double q, double c) => 0;
}
