using MathNet.Numerics.Integration;
using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The distribution function of the skew Normal, from G(h, α) = F(−h) = 1/π ∫_α^∞ exp(−h²(1 + t²)/2)/(1 + t²) dt for α ≥ 0, the complement of
/// Owen's T: F(h) = erf(h/√2) + G(h, α). All terms are positive. The arguments are α and z.
/// </summary>
internal sealed class SkewNormalTail(bool upper, bool log) : TailOp(upper, log)
{
    private const int Order = 32;

    // Where the integrand has fallen by e^−40, it is cut.
    private const double Cut = 40;

    private static readonly GaussLegendreRule Rule = new(0, 1, Order);

    public static SkewNormalTail Cdf { get; } = new(upper: false, log: false);

    public static SkewNormalTail LogCdf { get; } = new(upper: false, log: true);

    public static SkewNormalTail Survival { get; } = new(upper: true, log: false);

    public static SkewNormalTail LogSurvival { get; } = new(upper: true, log: true);

    public override double Step(int index, double skew, double z, double c) => index == 0 ? 0.25 * Math.Sqrt(1 + (skew * skew)) : 0.25;

    protected override (double Log, bool IsUpper) LogSmaller(double skew, double z)
    {
        if (skew < 0)
        {
            (double mirrored, bool isUpper) = LogSmaller(-skew, -z);
            return (mirrored, !isUpper);
        }

        double log = LogLower(Math.Abs(z), skew);
        if (z <= 0)
        {
            return (log, false);
        }

        double lower = Special.Erf(z * Constants.SqrtHalf) + Math.Exp(log);
        double outer = Special.NormalLogCdf(-z) + Constants.LogTwo;
        return lower <= 0.5 ? (Math.Log(lower), false) : (outer + Special.Log1mExp(log - outer), true);
    }

    public override double LogDensity(double shape, double z) =>
        Special.NormalLogCdf(shape * z) - (0.5 * z * z) + (Constants.LogTwo - Constants.HalfLogTwoPi);

    // The density is at most 2φ: between the quantiles of the lower and the upper half of a Normal.
    public override (double Low, double High) Bracket(double shape, double p) =>
        (Special.NormalQuantile(0.5 * p), -Special.NormalQuantile(0.5 * (1 - p)));

    protected override Tensor LogDensity(Tensor shape, Tensor z) => SkewNormal.StandardLogDensity(shape, z);

    // ln G(h, α).
    private static double LogLower(double h, double skew)
    {
        if (double.IsInfinity(h) || double.IsInfinity(skew))
        {
            return double.NegativeInfinity;
        }

        if (h < 0.5 && h * skew < 1)
        {
            return Math.Log(Special.NormalCdf(-h) - (2 * Special.OwensT(h, skew)));
        }

        // t = tan(θ₀ + δ) with tan θ₀ = α: dt/(1 + t²) = dδ, and t − α = s = (1 + α²)·tan δ/(1 − α·tan δ).
        double square = 2 * Cut / (h * h);
        double far = square / (skew + Math.Sqrt((skew * skew) + square));
        double range = Math.Atan(far / (1 + (skew * (skew + far)))), sum = 0;
        for (int i = 0; i < Order; i++)
        {
            double tangent = Math.Tan(range * Rule.GetAbscissa(i));
            double s = (1 + (skew * skew)) * tangent / (1 - (skew * tangent));
            sum += range * Rule.GetWeight(i) * Math.Exp(-0.5 * h * h * s * ((2 * skew) + s));
        }

        return Math.Log(sum / Math.PI) - (0.5 * h * h * (1 + (skew * skew)));
    }
}
