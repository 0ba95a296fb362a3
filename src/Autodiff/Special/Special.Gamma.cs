namespace ProbNet.Autodiff;

/// <content>The gamma function, its logarithm, and what is built from them.</content>
internal static partial class Special
{
    // log Γ(x) / ((x − 1)(x − 2)) on [1, 2], in x − 3/2.
    private static ReadOnlySpan<double> LogGammaOneToTwo => 
    [
        -7.760660152513446e-6, 1.2140008083973407e-5, -8.355075869795273e-6, 1.3186019073996835e-5, -2.7201673025504752e-5,
        4.30276814976503e-5, -6.614136022346414e-5, 0.00010535512483785591, -0.0001689178215524898, 0.00027131373861446925,
        -0.00043799307479613914, 0.000711519067515296, -0.0011644145847310124, 0.0019229163127905161, -0.0032120740737152814,
        0.005446457839126065, -0.009425622448525798, 0.01679709863127416, -0.031308487501010646, 0.06291140107456439,
        -0.14595989591430608, 0.4831289505409809,
    ];

    // log Γ(x) / (x − 2) on [2, 3], in x − 5/2.
    private static ReadOnlySpan<double> LogGammaTwoToThree => 
    [
        -1.4586003484400256e-8, 3.8720781951940836e-8, -8.772358424774663e-8, 2.353723932844072e-7, -6.421417451955873e-7,
        1.745641275403404e-6, -4.786379987514225e-6, 1.3275711130257407e-5, -3.735336940027229e-5, 0.00010710021010234954,
        -0.00031505925035239633, 0.0009610979285520405, -0.0030951822936174096, 0.0108770015141976, -0.0448058426973846,
        0.2675817993988097, 0.5693657409458384,
    ];

    // B₂ₖ / (2k (2k − 1)): Stirling's series in 1/x².
    private static ReadOnlySpan<double> StirlingSeries => 
    [
        0.08333333333333333, -0.002777777777777778, 0.0007936507936507937, -0.0005952380952380953, 0.0008417508417508417,
        -0.0019175269175269176, 0.00641025641025641, -0.029550653594771242, 0.17964437236883057, -1.3924322169059011,
    ];

    /// <summary>
    /// log|Γ(x)|. Relative precision on x &gt; 0, the zeros at 1 and 2 included; absolute precision near the zeros of negative x (−2.457…).
    /// +∞ at 0, at the negative integers and at ±∞.
    /// </summary>
    public static double LogGamma(double x)
    {
        if (double.IsNaN(x))
        {
            return x;
        }

        if (double.IsInfinity(x))
        {
            return double.PositiveInfinity;
        }

        if (x < 0.5)
        {
            if (x <= 0 && x == Math.Floor(x))
            {
                return double.PositiveInfinity;
            }

            // Γ(x) = Γ(x + 1) / x; below −½ the reflection Γ(x) Γ(1 − x) = π / sin πx.
            return x > -0.5
                ? LogGamma(1 + x) - Math.Log(Math.Abs(x))
                : Math.Log(Math.PI / Math.Abs(double.SinPi(x))) - LogGamma(1 - x);
        }

        if (x < 1)
        {
            return LogGammaOnePlus(x) - Math.Log(x);
        }

        if (x <= 2)
        {
            return LogGammaOnePlus(x - 1);
        }

        if (x < 9)
        {
            double product = 1;
            while (x > 3)
            {
                x -= 1;
                product *= x;
            }

            double small = (x - 2) * Horner(LogGammaTwoToThree, x - 2.5);
            return product == 1 ? small : Math.Log(product) + small;
        }

        return (x - 0.5) * (Math.Log(x) - 1) + (LogSqrtTwoPi - 0.5 + StirlingCorrection(x));
    }

    /// <summary>The sign of Γ(x): +1 or −1; +1 at the poles, where LogGamma is +∞.</summary>
    public static int LogGammaSign(double x) => x < 0 && x != Math.Floor(x) && Math.Floor(x) % 2 != 0 ? -1 : 1;

    /// <summary>Γ(x). ±∞ at ±0, NaN at the negative integers and at −∞.</summary>
    public static double Gamma(double x)
    {
        if (x <= 0 && x == Math.Floor(x))
        {
            return x == 0 ? 1 / x : double.NaN;
        }

        if (x < -0.5)
        {
            return x > -165 ? Math.PI / (double.SinPi(x) * Gamma(1 - x)) : LogGammaSign(x) * Math.Exp(LogGamma(x));
        }

        if (x > 30)
        {
            // Stirling's formula; half of the power at a time, since x^x overflows before Γ does.
            double power = Math.Pow(x, 0.5 * x - 0.25);
            return x > 172 ? double.PositiveInfinity : power * Math.Exp(-x) * Math.Exp(StirlingCorrection(x)) / InvSqrtTwoPi * power;
        }

        // Γ on [1, 2], moved by the recurrence: no exponential of a large logarithm.
        double product = 1;
        while (x > 2)
        {
            x -= 1;
            product *= x;
        }

        double divisor = 1;
        while (x < 1)
        {
            divisor *= x;
            x += 1;
        }

        return product / divisor * Math.Exp(LogGammaOnePlus(x - 1));
    }

    /// <summary>
    /// log Γ_p(a) = p(p − 1)/4 log π + Σ_{j=1..p} log Γ(a + (1 − j)/2), the multivariate gamma function; NaN unless a &gt; (p − 1)/2.
    /// </summary>
    public static double LogMultivariateGamma(int p, double a)
    {
        if (!(a > 0.5 * (p - 1)))
        {
            return double.NaN;
        }

        double sum = 0.25 * p * (p - 1) * Math.Log(Math.PI);
        for (int j = 0; j < p; j++)
        {
            sum += LogGamma(a - 0.5 * j);
        }

        return sum;
    }

    /// <summary>
    /// log|B(a, b)| = log Γ(a) + log Γ(b) − log Γ(a + b), without the cancellation of large terms (Didonato and Morris 1992, TOMS 708). +∞
    /// where a or b is 0.
    /// </summary>
    public static double LogBeta(double a, double b)
    {
        double small = Math.Min(a, b);
        double large = Math.Max(a, b);
        if (small == 0 && large >= 0)
        {
            return double.PositiveInfinity;
        }

        if (double.IsPositiveInfinity(large) && small > 0)
        {
            return double.NegativeInfinity;
        }

        if (!(small > 0 && large >= 9))
        {
            return LogGamma(small) + LogGamma(large) - LogGamma(small + large);
        }

        if (small < 9)
        {
            return LogGamma(small) - LogGammaIncrement(large, small);
        }

        double ratio = small / large;
        return (small - 0.5) * Math.Log(ratio / (1 + ratio)) - large * Log1p(ratio) - 0.5 * Math.Log(large) + LogSqrtTwoPi
            + StirlingCorrection(small) + StirlingCorrection(large) - StirlingCorrection(small + large);
    }

    /// <summary>
    /// k log λ − λ − log k!, the log mass of Poisson(λ) at k ≥ 0: around the mean of a large rate the large terms are cancelled on paper
    /// (Loader 2000).
    /// </summary>
    public static double PoissonLogMass(double k, double rate)
    {
        if (!(k >= 9))
        {
            return (k == 0 ? 0 : k * Math.Log(rate)) - rate - LogGamma(k + 1);
        }

        double mu = (rate - k) / k;
        double deviance = mu > -0.9 ? XMinusLog1p(mu) : mu - Math.Log(rate / k);
        return -k * deviance - 0.5 * Math.Log(k) - LogSqrtTwoPi - StirlingCorrection(k);
    }

    /// <summary>log Γ(x + d) − log Γ(x) for x &gt; 0, d ≥ 0, with an error that scales with the result.</summary>
    private static double LogGammaIncrement(double x, double d)
    {
        if (d < 1e-3 * Math.Min(x, 1))
        {
            return d * (Digamma(x) + d * (Trigamma(x) / 2 + d * (Polygamma(2, x) / 6 + d * Polygamma(3, x) / 24)));
        }

        if (x < 9)
        {
            return LogGamma(x + d) - LogGamma(x);
        }

        return d * (Math.Log(x) - 1) + (x + d - 0.5) * Log1p(d / x) + StirlingCorrection(x + d) - StirlingCorrection(x);
    }

    /// <summary>log Γ(1 + x) for 0 ≤ x ≤ 1, both zeros to full relative precision.</summary>
    private static double LogGammaOnePlus(double x) => x * (x - 1) * Horner(LogGammaOneToTwo, x - 0.5);

    /// <summary>log Γ(x) − [(x − ½) log x − x + ½ log 2π] for x ≥ 9.</summary>
    internal static double StirlingCorrection(double x)
    {
        double inverse = 1 / x;
        return inverse * HornerAscending(StirlingSeries, inverse * inverse);
    }
}
