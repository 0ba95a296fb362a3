namespace ProbNet.Autodiff;

/// <content>Inverses of the error functions and the normal quantile: algorithm AS 241 (Wichura 1988), to about 1e-16.</content>
internal static partial class Special
{
    private static ReadOnlySpan<double> QuantileCentralTop =>
    [
        3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
        4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3,
    ];

    private static ReadOnlySpan<double> QuantileCentralBottom =>
    [
        1, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
        2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4, 5.2264952788528545610e+3,
    ];

    private static ReadOnlySpan<double> QuantileTailTop =>
    [
        1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
        1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
    ];

    private static ReadOnlySpan<double> QuantileTailBottom =>
    [
        1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
        1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
    ];

    private static ReadOnlySpan<double> QuantileFarTop =>
    [
        6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
        2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
    ];

    private static ReadOnlySpan<double> QuantileFarBottom =>
    [
        1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
        7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
    ];

    /// <summary>erf⁻¹(x) on [−1, 1]; ±∞ at the ends, NaN outside.</summary>
    public static double ErfInv(double x) => Quantile(0.5 * x, 0.5 * (1 - Math.Abs(x))) * SqrtHalf;

    /// <summary>erfc⁻¹(x) on [0, 2]; +∞ at 0, −∞ at 2, NaN outside. Precise for x as small as 5e-324.</summary>
    public static double ErfcInv(double x) => Quantile(0.5 * (1 - x), 0.5 * Math.Min(x, 2 - x)) * SqrtHalf;

    /// <summary>Φ⁻¹(p) on [0, 1]; ∓∞ at the ends, NaN outside.</summary>
    public static double NormalQuantile(double p) => Quantile(p - 0.5, Math.Min(p, 1 - p));

    /// <summary>Φ⁻¹(e^logP) for logP ≤ 0, for tails that have no double of their own (logP &lt; −745).</summary>
    public static double NormalLogQuantile(double logP)
    {
        if (!(logP < -300) || double.IsNegativeInfinity(logP))
        {
            double p = Math.Exp(logP);
            return Quantile(p - 0.5, p < 0.5 ? p : -Expm1(logP));
        }

        // Newton's method on log Φ, which is concave: from x₀ = −√(−2 logP), below the root, it climbs without overshooting.
        double x = -Math.Sqrt(-2 * logP);
        for (int i = 0; i < 10; i++)
        {
            double step = (NormalLogCdf(x) - logP) / NormalLogCdfDerivative(x);
            x -= step;
            if (Math.Abs(step) <= 1e-16 * Math.Abs(x))
            {
                break;
            }
        }

        return x;
    }

    /// <summary>Φ⁻¹ at p = ½ + q, given the smaller tail min(p, 1 − p) exactly as well.</summary>
    private static double Quantile(double q, double tail)
    {
        if (Math.Abs(q) <= 0.425)
        {
            double s = 0.180625 - q * q;
            return q * HornerAscending(QuantileCentralTop, s) / HornerAscending(QuantileCentralBottom, s);
        }

        if (!(tail > 0))
        {
            return tail == 0 ? q / 0.0 : double.NaN;
        }

        double r = Math.Sqrt(-Math.Log(tail));
        double x = r <= 5
            ? HornerAscending(QuantileTailTop, r - 1.6) / HornerAscending(QuantileTailBottom, r - 1.6)
            : HornerAscending(QuantileFarTop, r - 5) / HornerAscending(QuantileFarBottom, r - 5);
        return Math.CopySign(x, q);
    }
}
