using MathNet.Numerics.Integration;
using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The distribution function of the logarithmic distribution. With L = −ln(1 − p), P(K &gt; k) = 1/L ∫₀^∞ p^(k+1)·e^−(k+1)s/(1 − p·e^−s) ds, by
/// Gauss–Legendre quadrature in ln(1 + s/(1 − p)); P(K ≤ k) for small k is a sum. ∂P(K ≤ k)/∂p = (pᵏ − P(K &gt; k))/(−L·(1 − p)). The arguments are p and k.
/// </summary>
internal sealed class LogarithmicTail(bool upper, bool log) : SpecialOp
{
    // One of the orders whose nodes MathNet tabulates; those of others it iterates to 1e-10 only.
    private const int Order = 32;

    private const int Terms = 40;

    private static readonly GaussLegendreRule Rule = new(0, 1, Order);

    public static LogarithmicTail Cdf { get; } = new(upper: false, log: false);

    public static LogarithmicTail LogCdf { get; } = new(upper: false, log: true);

    public static LogarithmicTail Survival { get; } = new(upper: true, log: false);

    public static LogarithmicTail LogSurvival { get; } = new(upper: true, log: true);

    public override double Map(double p, double k, double c)
    {
        if (double.IsNaN(p + k))
        {
            return double.NaN;
        }

        double norm = -Special.Log1p(-p), above = LogAbove(p, k, norm);
        if (upper)
        {
            return log ? above : Math.Exp(above);
        }

        if (k > Terms)
        {
            return log ? Special.Log1mExp(above) : -Special.Expm1(above);
        }

        double sum = 0;
        for (double j = k; j >= 1; j--)
        {
            sum += Math.Pow(p, j) / j;
        }

        return log ? Math.Log(sum / norm) : sum / norm;
    }

    public override double Step(int index, double p, double k, double c) => 0.25 * p * (1 - p);

    protected override Tensor? Derivative(int index, Tensor[] inputs, Tensor output)
    {
        if (index != 0)
        {
            return null;
        }

        (Tensor p, Tensor k) = (inputs[0], inputs[1]);
        Tensor survival = Survival.Apply(p, k);
        Tensor slope = ((k * p.Log()).Exp() - survival) / ((1 - p) * (-p).Log1p());
        slope = upper ? -slope : slope;
        return log ? slope / Tensor.Where(output.IsInfinite(), double.PositiveInfinity, output.Exp()) : slope;
    }

    private static double LogAbove(double p, double k, double norm)
    {
        // With s = (1 − p)(e^y − 1), ds = (s + 1 − p) dy: the integrand is smooth in y and falls beyond (k + 1)·s = 40.
        double rest = 1 - p, range = Special.Log1p(40 / ((k + 1) * rest)), sum = 0;
        int panels = (int)Math.Ceiling(range);
        for (int i = 0; i < panels * Order; i++)
        {
            double s = rest * Special.Expm1(range * ((i / Order) + Rule.GetAbscissa(i % Order)) / panels);
            sum += Rule.GetWeight(i % Order) * Math.Exp(-(k + 1) * s) * (s + rest) / (rest - (p * Special.Expm1(-s)));
        }

        return ((k + 1) * Math.Log(p)) + Math.Log(sum * range / panels / norm);
    }
}
