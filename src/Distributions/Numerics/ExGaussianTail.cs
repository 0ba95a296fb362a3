using MathNet.Numerics.Integration;
using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The distribution function of the sum of a standard Normal and an exponential of rate k: Φ(z) − E and Φ(−z) + E with E = exp(k²/2 − kz)·Φ(z − k); where
/// the difference cancels, as ∫ (1 − exp(−ks))·φ(s − z) ds over s ≥ 0. The arguments are k and z.
/// </summary>
internal sealed class ExGaussianTail(bool upper, bool log) : TailOp(upper, log)
{
    // One of the orders whose nodes MathNet tabulates; those of others it iterates to 1e-10 only.
    private const int Order = 64;

    private static readonly GaussLegendreRule Rule = new(0, 1, Order);

    public static ExGaussianTail Cdf { get; } = new(upper: false, log: false);

    public static ExGaussianTail LogCdf { get; } = new(upper: false, log: true);

    public static ExGaussianTail Survival { get; } = new(upper: true, log: false);

    public static ExGaussianTail LogSurvival { get; } = new(upper: true, log: true);

    public override double Step(int index, double rate, double z, double c) => index == 0 ? 0.25 * rate / (1 + (0.1 * rate)) : 0.25;

    protected override (double Log, bool IsUpper) LogSmaller(double rate, double z)
    {
        double distance = rate - z, normal = Special.NormalLogCdf(z), convolution = LogConvolution(rate, z);
        double survival = Special.NormalCdf(-z) + Math.Exp(convolution);
        if (survival <= 0.5)
        {
            double outer = Special.NormalLogCdf(-z);
            return (Math.Max(outer, convolution) + Special.Log1p(Math.Exp(-Math.Abs(outer - convolution))), true);
        }

        // Where Φ(z) and Φ(z − k) are 1 to rounding: there the integrand below would be narrower than its window, or than the spacing of numbers.
        double shifted = rate * (z - (0.5 * rate));
        if (Special.NormalCdf(rate - z) <= 1e-17 * shifted)
        {
            return (Math.Log(-Special.Expm1(-shifted)), false);
        }

        double ratio = z < 0 && distance > 0
            ? Special.Erfcx(distance * Constants.SqrtHalf) / Special.Erfcx(-z * Constants.SqrtHalf)
            : Math.Exp(convolution - normal);
        return (ratio < 0.5 ? normal + Special.Log1p(-ratio) : LogIntegral(rate, z), false);
    }

    public override double LogDensity(double shape, double z) => LogConvolution(shape, z) + Math.Log(shape);

    // Above the quantile of the Normal part; the upper tail is less than the sum of those of the parts.
    public override (double Low, double High) Bracket(double shape, double p)
    {
        double half = 0.5 * (1 - p);
        return (Special.NormalQuantile(p), -Special.NormalQuantile(half) - (Math.Log(half) / shape));
    }

    protected override Tensor LogDensity(Tensor shape, Tensor z) => ExGaussian.LogConvolution(shape, z) + shape.Log();

    // ln E, relative to φ(z) where z < k, so that large squares do not meet.
    private static double LogConvolution(double rate, double z) => rate > z
        ? Math.Log(0.5 * Special.Erfcx((rate - z) * Constants.SqrtHalf)) - (0.5 * z * z)
        : (rate * ((0.5 * rate) - z)) + Special.NormalLogCdf(z - rate);

    private static double LogIntegral(double rate, double z)
    {
        double root = Math.Sqrt((z * z) + 80), low = Math.Max(0, z - 9), high = z < 0 ? 80 / (root - z) : z + 9, sum = 0;
        for (int i = 0; i < Order; i++)
        {
            double s = low + ((high - low) * Rule.GetAbscissa(i));
            double exponent = z < 0 ? s * (z - (0.5 * s)) : -0.5 * (s - z) * (s - z);
            sum -= Rule.GetWeight(i) * Special.Expm1(-rate * s) * Math.Exp(exponent);
        }

        return Math.Log((high - low) * sum) - Constants.HalfLogTwoPi - (z < 0 ? 0.5 * z * z : 0);
    }
}
