namespace ProbNet.Autodiff;

/// <content>
/// The regularized incomplete beta function: power series where b·x is small, otherwise the continued fraction of Didonato and Morris
/// (1992, TOMS 708), on the
/// side of the mean where it converges.
/// </content>
internal static partial class Special
{
    /// <summary>I_x(a, b), the CDF of Beta(a, b) at x. NaN unless a, b &gt; 0 and 0 ≤ x ≤ 1.</summary>
    public static double BetaRegularized(double a, double b, double x) => IncompleteBeta(a, b, x, 1 - x).Lower;

    /// <summary>1 − I_x(a, b) = I_{1−x}(b, a), without the cancellation.</summary>
    public static double BetaRegularizedComplement(double a, double b, double x) => IncompleteBeta(a, b, x, 1 - x).Upper;

    /// <summary>log I_x(a, b), finite where I itself underflows.</summary>
    public static double LogBetaRegularized(double a, double b, double x) => LogIncompleteBeta(a, b, x, 1 - x);

    /// <summary>log(1 − I_x(a, b)), finite where the complement itself underflows.</summary>
    public static double LogBetaRegularizedComplement(double a, double b, double x) => LogIncompleteBeta(b, a, 1 - x, x);

    /// <summary>I_x(a, b) and its complement, for a caller that knows both x and y = 1 − x to full relative precision.</summary>
    public static (double Lower, double Upper) IncompleteBeta(double a, double b, double x, double y)
    {
        if (!(a > 0 && b > 0 && x >= 0 && y >= 0) || double.IsInfinity(a) || double.IsInfinity(b))
        {
            return (double.NaN, double.NaN);
        }

        if (x == 0 || y == 0)
        {
            return x == 0 ? (0, 1) : (1, 0);
        }

        if (UseBetaSeries(b, x))
        {
            return BetaSeriesPair(a, b, x, y);
        }

        if (UseBetaSeries(a, y))
        {
            (double upper, double lower) = BetaSeriesPair(b, a, y, x);
            return (lower, upper);
        }

        if (IsBelowBetaMean(a, b, x, y))
        {
            double lower = Math.Exp(LogBetaPrefix(a, b, x, y)) / BetaFraction(a, b, x, y);
            return (lower, 1 - lower);
        }
        else
        {
            double upper = Math.Exp(LogBetaPrefix(b, a, y, x)) / BetaFraction(b, a, y, x);
            return (1 - upper, upper);
        }
    }

    /// <summary>ln I_x(a, b), for a caller that knows both x and y = 1 − x to full relative precision.</summary>
    public static double LogIncompleteBeta(double a, double b, double x, double y)
    {
        (double lower, double upper) = IncompleteBeta(a, b, x, y);
        if (lower > 0.5)
        {
            return Log1p(-upper);
        }

        if (!(x > 0) || !(lower < 1e-290))
        {
            return Math.Log(lower);
        }

        return UseBetaSeries(b, x)
            ? a * LogOf(x, y) - LogATimesBeta(a, b) + Log1p(a * BetaSeries(a, b, x))
            : LogBetaPrefix(a, b, x, y) - Math.Log(BetaFraction(a, b, x, y));
    }

    private static bool UseBetaSeries(double b, double x) => x <= 0.7 && (b <= 1 || b * x <= 1.2);

    /// <summary>I_x(a, b) = x^a / (a B(a, b)) · (1 + a Σ_{n≥1} (1 − b)(2 − b)…(n − b)/n! · xⁿ/(a + n)) and its complement.</summary>
    private static (double Lower, double Upper) BetaSeriesPair(double a, double b, double x, double y)
    {
        double sum = a * BetaSeries(a, b, x);
        double exponent = a * LogOf(x, y) - LogATimesBeta(a, b);
        double lower = Math.Exp(exponent) * (1 + sum);
        return lower < 0.9
            ? (lower, 1 - lower)
            : (lower, -Expm1(exponent) - Math.Exp(exponent) * sum);
    }

    private static double BetaSeries(double a, double b, double x)
    {
        double sum = 0;
        double factor = 1;
        for (int n = 1; n < 10_000; n++)
        {
            factor *= (n - b) / n * x;
            double term = factor / (a + n);
            sum += term;
            if (Math.Abs(term) <= 1e-17 * Math.Abs(sum))
            {
                break;
            }
        }

        return sum;
    }

    /// <summary>log(a B(a, b)) = log Γ(1 + a) − [log Γ(a + b) − log Γ(b)], which vanishes with a.</summary>
    private static double LogATimesBeta(double a, double b) =>
        a < 1 ? LogGammaOnePlus(a) - LogGammaIncrement(b, a) : Math.Log(a) + LogBeta(a, b);

    /// <summary>log x, from whichever of x and y = 1 − x is the smaller.</summary>
    private static double LogOf(double x, double y) => x < 0.5 ? Math.Log(x) : Log1p(-y);

    /// <summary>log(x^a y^b / B(a, b)); around the mean of large a and b the large terms are cancelled on paper.</summary>
    internal static double LogBetaPrefix(double a, double b, double x, double y)
    {
        double small = Math.Min(a, b);
        if (small < 9)
        {
            return a * LogOf(x, y) + b * LogOf(y, x) - LogBeta(a, b);
        }

        double lambda = BetaLambda(a, b, x, y);
        double correction = StirlingCorrection(a) + StirlingCorrection(b) - StirlingCorrection(a + b);
        double sum = a + b;
        double exponent = a * Excess(-lambda / a, x * (sum / a)) + b * Excess(lambda / b, y * (sum / b));
        return 0.5 * Math.Log(small / sum * Math.Max(a, b)) - LogSqrtTwoPi - correction - exponent;

        static double Excess(double e, double onePlusE) => e < -0.5 ? e - Math.Log(onePlusE) : XMinusLog1p(e);
    }

    // Not by a/(a + b), which rounds to 1, or moves by many standard deviations, where b is far below a.
    private static bool IsBelowBetaMean(double a, double b, double x, double y) => BetaLambda(a, b, x, y) >= 0;

    /// <summary>a − (a + b) x = (a + b) y − b.</summary>
    private static double BetaLambda(double a, double b, double x, double y) =>
        x < y ? Math.FusedMultiplyAdd(-(a + b), x, a) : Math.FusedMultiplyAdd(a + b, y, -b);

    /// <summary>The fraction F of I_x(a, b) = x^a y^b / (B(a, b) F), by Lentz's method; x ≤ a/(a + b).</summary>
    private static double BetaFraction(double a, double b, double x, double y)
    {
        double lambda = BetaLambda(a, b, x, y);
        double fraction = a * (lambda + 1) / (a + 1);
        double c = fraction;
        double d = 0;
        for (int m = 1; m < 100_000; m++)
        {
            double odd = a + 2.0 * m - 1;
            double next = a + 2.0 * m + 1;
            double numerator = (a + m - 1) / odd * ((a + b + m - 1) / odd) * m * (b - m) * x * x;
            double denominator = m + m * (b - m) * x / odd + (a + m) / next * (lambda + 1 + m * (1 + y));
            d = 1 / (denominator + numerator * d);
            c = denominator + numerator / c;
            double delta = c * d;
            fraction *= delta;
            if (Math.Abs(delta - 1) < 1e-16)
            {
                break;
            }
        }

        return fraction;
    }
}
