using MathNet.Numerics;
using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>y = e⁻ˣ·Iₙ(x) for x ≥ 0, the scaled modified Bessel function; dy/dx = ½(yₙ₋₁ + yₙ₊₁) − yₙ.</summary>
internal sealed class ScaledBessel(int order) : ScalarUnaryOp
{
    public static ScaledBessel Zero { get; } = new(0);

    public static ScaledBessel One { get; } = new(1);

    protected override double Map(double x) => double.IsNaN(x) ? double.NaN
        : x < 1e5 ? SpecialFunctions.BesselIScaled(order, x) : Asymptotic(x);

    protected override Tensor? Vjp(Tensor x, Tensor y, Tensor dy) =>
        dy * ((0.5 * (new ScaledBessel(Math.Abs(order - 1)).Apply(x) + new ScaledBessel(order + 1).Apply(x))) - y);

    // Hankel's expansion; at x ≥ 1e5 three terms are exact to rounding for the small orders in use.
    private double Asymptotic(double x)
    {
        double m = 4.0 * order * order, t = 8 * x;
        return (1 - ((m - 1) / t * (1 - ((m - 9) / (2 * t) * (1 - ((m - 25) / (3 * t))))))) / Math.Sqrt(2 * Math.PI * x);
    }
}
