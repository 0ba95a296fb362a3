namespace ProbNet.Autodiff;

/// <content>
/// Inverses of the incomplete gamma and beta functions: Newton's method on the logarithm of the smaller tail as a function of log x. That
/// function is concave
/// for the gamma distribution, so the iteration cannot cycle; a bracket guards the rest.
/// </content>
internal static partial class Special
{
    private const int MaximumNewtonSteps = 100;

    /// <summary>
    /// The x with P(a, x) = p: the quantile of Gamma(a, rate 1). 0 and +∞ at p = 0 and 1; NaN outside, or unless a &gt; 0.
    /// </summary>
    public static double GammaPInverse(double a, double p) => GammaInverse(a, p, 1 - p);

    /// <summary>The x with Q(a, x) = q: the upper quantile of Gamma(a, rate 1), precise for q as small as 1e-300.</summary>
    public static double GammaQInverse(double a, double q) => GammaInverse(a, 1 - q, q);

    /// <summary>The x with I_x(a, b) = p: the quantile of Beta(a, b). NaN unless a, b &gt; 0 and 0 ≤ p ≤ 1.</summary>
    public static double BetaRegularizedInverse(double a, double b, double p) => BetaInverse(a, b, p, 1 - p).X;

    /// <summary>The x with I_x(a, b) = p, and y = 1 − x to full relative precision, from p and its complement.</summary>
    public static (double X, double Y) BetaInverse(double a, double b, double p, double complement)
    {
        if (!(a > 0 && b > 0 && p >= 0 && complement >= 0) || double.IsInfinity(a) || double.IsInfinity(b))
        {
            return (double.NaN, double.NaN);
        }

        if (p == 0 || complement == 0)
        {
            return p == 0 ? (0, 1) : (1, 0);
        }

        double mean = a / (a + b);
        double rest = b / (a + b);
        (double lower, double upper) = IncompleteBeta(a, b, mean, rest);
        if (p < 0.5 ? p <= lower : complement >= upper)
        {
            double logX = BetaLowerInverse(a, b, p < 0.5 ? Math.Log(p) : Log1p(-complement), mean);
            return (Math.Exp(logX), -Expm1(logX));
        }

        double logY = BetaLowerInverse(b, a, complement < 0.5 ? Math.Log(complement) : Log1p(-p), rest);
        return (-Expm1(logY), Math.Exp(logY));
    }

    private static double GammaInverse(double a, double p, double q)
    {
        if (!(a > 0 && p >= 0 && q >= 0) || double.IsInfinity(a))
        {
            return double.NaN;
        }

        if (p == 0 || q == 0)
        {
            return p == 0 ? 0 : double.PositiveInfinity;
        }

        bool lower = p < 0.5;
        double logTarget = Math.Log(lower ? p : q);
        double x = GammaInverseStart(a, p, q);
        for (int i = 0; i < MaximumNewtonSteps && x is > 0 and < double.PositiveInfinity; i++)
        {
            double logTail = lower ? LogGammaP(a, x) : LogGammaQ(a, x);
            double slope = a * Math.Exp(LogGammaPrefix(a, x) - logTail);
            double step = (logTarget - logTail) / (lower ? slope : -slope);

            // Newton's step in log x. Where the tail is flat it overshoots: hold it to a factor of e³.
            step = Math.Clamp(double.IsNaN(step) ? 0 : step, lower ? -700 : -3, lower ? 700 : 3);
            x *= Math.Exp(step);
            if (Math.Abs(step) * Math.Sqrt(1 + a) < 1e-9)
            {
                break;
            }
        }

        return x;
    }

    /// <summary>
    /// The cube-root normal approximation (Wilson and Hilferty 1931), the leading term x^a/Γ(a + 1) of P where that fails, e^−x
    /// x^(a−1)/Γ(a) far above.
    /// </summary>
    private static double GammaInverseStart(double a, double p, double q)
    {
        if (a >= 0.5)
        {
            double z = p < 0.5 ? NormalQuantile(p) : -NormalQuantile(q);
            double root = 1 - 1 / (9 * a) + z / (3 * Math.Sqrt(a));
            if (root > 0.3)
            {
                return a * root * root * root;
            }
        }

        double far = -(Math.Log(q) + LogGamma(a));
        if (far > 2)
        {
            return Math.Max(far + (a - 1) * Math.Log(far), 1);
        }

        return Math.Exp(((p < 0.5 ? Math.Log(p) : Log1p(-q)) + LogGamma(a + 1)) / a);
    }

    /// <summary>log x for the x ≤ mean with log I_x(a, b) = logTarget.</summary>
    private static double BetaLowerInverse(double a, double b, double logTarget, double mean)
    {
        // I ≈ x^a / (a B): exact as x goes to 0, and above the root's logarithm only where b < 1.
        double low = double.NegativeInfinity;
        double high = LogOf(mean, b / (a + b));
        double u = Math.Min((logTarget + LogATimesBeta(a, b)) / a, high);
        if (a > 1 && b > 1)
        {
            u = Math.Max(u, Math.Min(NormalStart(), high));
        }

        for (int i = 0; i < MaximumNewtonSteps; i++)
        {
            double x = Math.Exp(u);
            if (x == 0)
            {
                return u;
            }

            double y = -Expm1(u);
            double log = LogIncompleteBeta(a, b, x, y);
            if (log < logTarget)
            {
                low = u;
            }
            else
            {
                high = u;
            }

            double step = (logTarget - log) / Math.Exp(LogBetaPrefix(a, b, x, y) - Math.Log(y) - log);
            if (Math.Abs(step) * Math.Max(Math.Sqrt(1 + a), -1 / u) < 1e-9)
            {
                return u + step;
            }

            double next = u + step;
            u = next > low && next < high ? next : double.IsInfinity(low) ? high - 1 : 0.5 * (low + high);
        }

        return u;

        // Abramowitz and Stegun 26.5.22.
        double NormalStart()
        {
            double z = NormalLogQuantile(logTarget);
            double l = (z * z - 3) / 6;
            double h = 2 / (1 / (2 * a - 1) + 1 / (2 * b - 1));
            double w = -z * Math.Sqrt(Math.Max(h + l, 0)) / h - (1 / (2 * b - 1) - 1 / (2 * a - 1)) * (l + 5.0 / 6 - 2 / (3 * h));
            return -Log1p(b / a * Math.Exp(2 * w));
        }
    }
}
