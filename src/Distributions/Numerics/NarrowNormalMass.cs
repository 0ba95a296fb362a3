using MathNet.Numerics.Integration;
using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// y = ln ∫ exp(−m·w·t − ½w²t²) dt over (−½, ½): the mass of a standard Normal within bounds w apart around m, over its density at m and w. By quadrature, for
/// w·(1 + |m|) up to about 1; 0 for w = 0, which costs nothing. ∂y/∂m = −w·E[t], ∂y/∂w = −m·E[t] − w·E[t²].
/// </summary>
internal sealed class NarrowNormalMass : SpecialOp
{
    private const int Order = 20;

    private static readonly GaussLegendreRule Rule = new(-0.5, 0.5, Order);

    public static NarrowNormalMass Instance { get; } = new();

    public override double Map(double m, double w, double c) => Math.Log(Moments(m, w).Mass);

    public override double Slope(int index, double m, double w, double c)
    {
        (double mass, double first, double second) = Moments(m, w);
        return (index == 0 ? -w * first : -(m * first) - (w * second)) / mass;
    }

    public override double Step(int index, double m, double w, double c) => index == 0 ? 0.25 / Math.Max(w, 0.01) : 0.25 / (1 + Math.Abs(m));

    private static (double Mass, double First, double Second) Moments(double m, double w)
    {
        if (w == 0)
        {
            return (1, 0, 1 / 12.0);
        }

        double mass = 0, first = 0, second = 0;
        for (int i = 0; i < Order; i++)
        {
            double t = Rule.GetAbscissa(i), part = Rule.GetWeight(i) * Math.Exp(-w * t * (m + (0.5 * w * t)));
            mass += part;
            first += part * t;
            second += part * t * t;
        }

        return (mass, first, second);
    }
}
