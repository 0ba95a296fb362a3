using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// y = ln(ab) + (a − 1)·ln x + (b − 1)·ln(1 − xᵃ) on [0, 1], with 0·ln 0 = 0. ∂y/∂a = 1/a + ln x·(1 − (b − 1)·r), ∂y/∂b = 1/b + ln(1 − xᵃ),
/// ∂y/∂x = (a − 1 − a·(b − 1)·r)/x with r = xᵃ/(1 − xᵃ).
/// </summary>
internal sealed class KumaraswamyLogDensity : SpecialOp
{
    public static KumaraswamyLogDensity Instance { get; } = new();

    public override double Map(double a, double b, double x)
    {
        double log = Math.Log(x);
        return Math.Log(a) + Math.Log(b) + (a == 1 ? 0 * x : (a - 1) * log) + (b == 1 ? 0 : (b - 1) * Special.Log1mExp(a * log));
    }

    public override double Slope(int index, double a, double b, double x)
    {
        double log = Math.Log(x), odds = 1 / Special.Expm1(-a * log);
        return index switch
        {
            0 => (1 / a) + (b == 1 ? log : log * (1 - ((b - 1) * odds))),
            1 => (1 / b) + Special.Log1mExp(a * log),
            _ => x == 0 ? Edge(a - 1, (a, b)) : b == 1 ? (a - 1) / x : (a - 1 - (a * (b - 1) * odds)) / x,
        };

        // The slope at x = 0: that of (a − 1)·ln x, or for a = 1 that of (b − 1)·ln(1 − x).
        static double Edge(double n, (double A, double B) shape) =>
            n == 0 ? 1 - shape.B : n > 0 ? double.PositiveInfinity : double.NegativeInfinity;
    }

    public override double Step(int index, double a, double b, double x) => index == 0 ? a : index == 1 ? b : x * (1 - x);
}
