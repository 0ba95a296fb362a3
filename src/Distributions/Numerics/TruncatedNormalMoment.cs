using MathNet.Numerics.Integration;
using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The mean or the variance of a standard Normal within (a, b), by Gauss–Legendre quadrature over what is not negligible, relative to the bound nearest to 0:
/// the closed forms lose all digits far out. Derivatives are difference quotients.
/// </summary>
internal sealed class TruncatedNormalMoment(bool variance) : SpecialOp
{
    private const int Order = 32, Panels = 4;

    private static readonly GaussLegendreRule Rule = new(0, 1, Order);

    public static TruncatedNormalMoment Mean { get; } = new(variance: false);

    public static TruncatedNormalMoment Variance { get; } = new(variance: true);

    public override string Name => variance ? "TruncatedNormalVariance" : "TruncatedNormalMean";

    public override double Map(double a, double b, double c)
    {
        if (!(a < b))
        {
            return double.NaN;
        }

        if (a + b < 0)
        {
            return variance ? Map(-b, -a, c) : -Map(-b, -a, c);
        }

        // With s = z − start the density is exp(−s·start − s²/2) up to a constant; it is cut where it has fallen by e^−40 from its peak.
        double start = a > 0 ? a : 0, low = a > 0 ? 0 : Math.Max(a, -9);
        double high = Math.Min(b - start, 80 / (start + Math.Sqrt((start * start) + 80)));
        double mass = 0, first = 0;
        for (int i = 0; i < Panels * Order; i++)
        {
            (double s, double w) = Node(i, low, high, start);
            mass += w;
            first += w * s;
        }

        double mean = first / mass, second = 0;
        for (int i = 0; variance && i < Panels * Order; i++)
        {
            (double s, double w) = Node(i, low, high, start);
            second += w * (s - mean) * (s - mean);
        }

        return variance ? second / mass : start + mean;
    }

    public override double Step(int index, double a, double b, double c) => Math.Min(0.25, 0.25 * (b - a));

    private static (double S, double Weight) Node(int i, double low, double high, double start)
    {
        double s = low + ((high - low) * ((i / Order) + Rule.GetAbscissa(i % Order)) / Panels);
        return (s, Rule.GetWeight(i % Order) * Math.Exp(-s * (start + (0.5 * s))));
    }
}
