using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The point z with P(T ≤ z) = p, by the inverse of the incomplete beta function. A value only: <see cref="ImplicitGradient"/> differentiates.
/// </summary>
internal sealed class StudentTQuantile : SpecialOp
{
    public static StudentTQuantile Instance { get; } = new();

    public override bool IsDifferentiable => false;

    public override double Map(double df, double p, double c)
    {
        if (!(p >= 0 && p <= 1) || double.IsNaN(df))
        {
            return double.NaN;
        }

        double tail = 2 * Math.Min(p, 1 - p);
        (double x, double y) = Special.BetaInverse(0.5 * df, 0.5, tail, 1 - tail);
        double size = x == 0 ? double.PositiveInfinity : Math.Sqrt(df * y / x);
        return p < 0.5 ? -size : size;
    }

    public override double Step(int index, double a, double b, double c) => 0;
}
