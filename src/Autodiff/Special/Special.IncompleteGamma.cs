namespace ProbNet.Autodiff;

/// <content>
/// The regularized incomplete gamma functions. Series for P where x is small, Legendre's continued fraction for Q where it is large,
/// Temme's uniform expansion
/// around x = a for a ≥ 20 (Temme 1979; the regions follow Gil, Segura and Temme 2012).
/// </content>
internal static partial class Special
{
    private const double TemmeMinimum = 20;
    private const double TemmeWidth = 0.4;

    /// <summary>P(a, x) = γ(a, x)/Γ(a), the CDF of Gamma(a, rate 1). NaN for negative arguments; P(0, x &gt; 0) = 1.</summary>
    public static double GammaP(double a, double x) => IncompleteGamma(a, x).Lower;

    /// <summary>Q(a, x) = 1 − P(a, x), without the cancellation.</summary>
    public static double GammaQ(double a, double x) => IncompleteGamma(a, x).Upper;

    /// <summary>log P(a, x), finite where P itself underflows.</summary>
    public static double LogGammaP(double a, double x)
    {
        (double lower, double upper) = IncompleteGamma(a, x);
        if (lower > 0.5)
        {
            return Log1p(-upper);
        }

        if (lower > 1e-290 || !(x > 0 && a > 0) || double.IsInfinity(a))
        {
            return Math.Log(lower);
        }

        return a >= TemmeMinimum && x > (1 - TemmeWidth) * a
            ? Math.Log(TemmeScaled(a, x)) - a * XMinusLog1p((x - a) / a)
            : LogGammaPrefix(a, x) + Math.Log(GammaSeries(a, x));
    }

    /// <summary>log Q(a, x), finite where Q itself underflows.</summary>
    public static double LogGammaQ(double a, double x)
    {
        (double lower, double upper) = IncompleteGamma(a, x);
        if (upper > 0.5)
        {
            return Log1p(-lower);
        }

        if (upper > 1e-290 || !(x > 0 && a > 0) || double.IsInfinity(x))
        {
            return Math.Log(upper);
        }

        return a >= TemmeMinimum && x < (1 + TemmeWidth) * a
            ? Math.Log(TemmeScaled(a, x)) - a * XMinusLog1p((x - a) / a)
            : LogGammaPrefix(a, x) + Math.Log(a * GammaFraction(a, x));
    }

    private static (double Lower, double Upper) IncompleteGamma(double a, double x)
    {
        if (!(a >= 0 && x >= 0) || (a == 0 && x == 0) || (double.IsInfinity(a) && double.IsInfinity(x)))
        {
            return (double.NaN, double.NaN);
        }

        if (x == 0 || double.IsInfinity(a))
        {
            return (0, 1);
        }

        if (a == 0 || double.IsInfinity(x))
        {
            return (1, 0);
        }

        if (a >= TemmeMinimum && Math.Abs(x - a) < TemmeWidth * a)
        {
            double tail = TemmeScaled(a, x) * Math.Exp(-a * XMinusLog1p((x - a) / a));
            return x < a ? (tail, 1 - tail) : (1 - tail, tail);
        }

        if (x > Math.Max(a, 1.1))
        {
            double upper = a * GammaPrefix(a, x) * GammaFraction(a, x);
            return (1 - upper, upper);
        }

        if (x <= 1.1 && (x <= 0.5 ? a < -0.4 / Math.Log(x) : a < 1.1 * x))
        {
            double upper = SmallGammaQ(a, x);
            return (1 - upper, upper);
        }

        double lower = GammaPrefix(a, x) * GammaSeries(a, x);
        return (lower, 1 - lower);
    }

    /// <summary>x^a e^−x / Γ(a + 1).</summary>
    private static double GammaPrefix(double a, double x) =>
        a < TemmeMinimum && x is > 1e-10 and < 700 ? Math.Pow(x, a) * Math.Exp(-x) / Gamma(a + 1) : Math.Exp(LogGammaPrefix(a, x));

    private static double LogGammaPrefix(double a, double x)
    {
        if (a < TemmeMinimum)
        {
            return a * Math.Log(x) - x - LogGamma(a + 1);
        }

        double mu = (x - a) / a;
        double exponent = mu > -0.9 ? XMinusLog1p(mu) : mu - Math.Log(x / a);
        return -a * exponent - 0.5 * Math.Log(a) - LogSqrtTwoPi - StirlingCorrection(a);
    }

    /// <summary>P(a, x) = prefix · Σ xⁿ / ((a + 1) … (a + n)).</summary>
    private static double GammaSeries(double a, double x)
    {
        double sum = 1;
        double term = 1;
        for (int n = 1; n < 10_000 && term > 1e-17 * sum; n++)
        {
            term *= x / (a + n);
            sum += term;
        }

        return sum;
    }

    /// <summary>
    /// Q(a, x) = a · prefix · (1/(x + 1 − a − 1(1 − a)/(x + 3 − a − 2(2 − a)/(x + 5 − a − …)))), by Lentz's method (DLMF 8.9.2).
    /// </summary>
    internal static double GammaFraction(double a, double x)
    {
        double b = x + 1 - a;
        double c = 1e300;
        double d = 1 / b;
        double fraction = d;
        for (int n = 1; n < 10_000; n++)
        {
            double an = -n * (n - a);
            b += 2;
            d = an * d + b;
            c = b + an / c;
            d = 1 / (d == 0 ? 1e-300 : d);
            double delta = c * d;
            fraction *= delta;
            if (Math.Abs(delta - 1) < 1e-16)
            {
                break;
            }
        }

        return fraction;
    }

    /// <summary>Q for small a and x, where P is close to 1: 1 − x^a/Γ(1 + a) − … with the first difference taken as one.</summary>
    private static double SmallGammaQ(double a, double x)
    {
        double sum = 0;
        double power = 1;
        for (int n = 1; n < 200; n++)
        {
            power *= -x / n;
            double term = power / (a + n);
            sum += term;
            if (Math.Abs(term) <= 1e-17 * Math.Abs(sum))
            {
                break;
            }
        }

        double exponent = a * Math.Log(x) - (a < 1 ? LogGammaOnePlus(a) : LogGamma(1 + a));
        return -Expm1(exponent) - Math.Exp(exponent) * a * sum;
    }
}
