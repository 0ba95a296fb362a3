namespace ProbNet.Autodiff;

/// <content>
/// Derivatives of the incomplete gamma and beta functions in their shapes: the series, continued fractions and Temme's expansion
/// differentiated term by term
/// (the series as Moore 1982, AS 187; the beta fraction in the spirit of Boik and Robison-Cox 1998). They give the implicit gradients of
/// Gamma, Beta, Dirichlet and StudentT samples (Figurnov, Mohamed and Mnih 2018).
/// </content>
internal static partial class Special
{
    /// <summary>∂P(a, x)/∂a = −∂Q(a, x)/∂a, never positive; 0 at x = 0 and +∞, NaN where P is.</summary>
    public static double GammaPShapeDerivative(double a, double x)
    {
        if (!(a > 0 && x >= 0))
        {
            return double.NaN;
        }

        if (x == 0 || double.IsInfinity(x) || double.IsInfinity(a))
        {
            return 0;
        }

        // x · density = x^a e^−x / Γ(a) = a · prefix.
        return -GammaLogSampleDerivative(a, Math.Log(x)) * a * GammaPrefix(a, x);
    }

    /// <summary>
    /// ∂ log x/∂a at fixed P(a, x), = −(∂P/∂a)/(x · density): the implicit gradient of a log Gamma(a) sample. Takes log x, so that samples
    /// too small for a
    /// double have theirs.
    /// </summary>
    public static double GammaLogSampleDerivative(double a, double logX)
    {
        if (!(a > 0) || double.IsNaN(logX) || double.IsInfinity(logX) || double.IsInfinity(a))
        {
            return double.NaN;
        }

        double x = Math.Exp(logX);
        if (a >= TemmeMinimum && Math.Abs(x - a) < TemmeWidth * a)
        {
            return TemmeLogDerivative(a, x);
        }

        if (x > Math.Max(a, 1.1))
        {
            double fraction = GammaFractionDerivative(a, x, out double slope);
            return fraction * (logX - Digamma(a)) + slope;
        }

        // −[S (log x − ψ(a + 1)) + S′]/a with S = Σ xⁿ/((a + 1)…(a + n)).
        double sum = 1;
        double derivative = 0;
        double term = 1;
        double harmonic = 0;
        for (int n = 1; n < 10_000 && term > 1e-17 * sum; n++)
        {
            term *= x / (a + n);
            harmonic += 1 / (a + n);
            sum += term;
            derivative -= term * harmonic;
        }

        return -(sum * (logX - Digamma(a + 1)) + derivative) / a;
    }

    /// <summary>∂I_x(a, b)/∂a. NaN unless a, b &gt; 0 and 0 ≤ x ≤ 1.</summary>
    public static double BetaRegularizedShapeDerivative(double a, double b, double x) => BetaRegularizedDerivatives(a, b, x, 1 - x).ByA;

    /// <summary>∂I_x(a, b)/∂a and ∂I_x(a, b)/∂b, from x and y = 1 − x.</summary>
    public static (double ByA, double ByB) BetaRegularizedDerivatives(double a, double b, double x, double y)
    {
        if ((x == 0 || y == 0) && a > 0 && b > 0)
        {
            return (0, 0);
        }

        (double byA, double byB) = BetaLogitSampleDerivatives(a, b, x, y);
        double prefix = Math.Exp(LogBetaPrefix(a, b, x, y));
        return (-byA * prefix, -byB * prefix);
    }

    /// <summary>
    /// ∂ logit x/∂a and ∂ logit x/∂b at fixed I_x(a, b), = −(∂I/∂a)/(x y · density): the implicit gradient of the logit of a Beta(a, b)
    /// sample.
    /// </summary>
    public static (double ByA, double ByB) BetaLogitSampleDerivatives(double a, double b, double x, double y)
    {
        if (!(a > 0 && b > 0 && x > 0 && y > 0) || double.IsInfinity(a) || double.IsInfinity(b))
        {
            return (double.NaN, double.NaN);
        }

        if (UseBetaSeries(b, x))
        {
            return BetaSeriesDerivatives(a, b, x, y);
        }

        // I_x(a, b) = 1 − I_y(b, a), and logit y = −logit x.
        if (UseBetaSeries(a, y))
        {
            (double byB, double byA) = BetaSeriesDerivatives(b, a, y, x);
            return (-byA, -byB);
        }

        if (IsBelowBetaMean(a, b, x, y))
        {
            return BetaFractionDerivatives(a, b, x, y);
        }
        else
        {
            (double byB, double byA) = BetaFractionDerivatives(b, a, y, x);
            return (-byA, -byB);
        }
    }

    /// <summary>
    /// −(∂P/∂a)/(x · density) from Q = ½ erfc(z) + e^(−z²) S/√(2πa), z = η √(a/2), where ∂z²/∂a = −log(x/a) and ∂η/∂a = −μ/(aη).
    /// </summary>
    private static double TemmeLogDerivative(double a, double x)
    {
        double mu = (x - a) / a;
        double eta = Math.CopySign(Math.Sqrt(2 * XMinusLog1p(mu)), mu);
        double ratio = mu == 0 ? 1 : mu / eta;
        double sum = TemmeSum(a, eta, out double byEta, out double byInverse);
        double derivative = ratio - 0.5 * eta + sum * (Log1p(mu) - 0.5 / a) - byEta * ratio / a - byInverse / (a * a);
        return derivative * Math.Exp(StirlingCorrection(a)) / a;
    }

    /// <summary>The fraction of <see cref="GammaFraction"/> and its derivative in a.</summary>
    internal static double GammaFractionDerivative(double a, double x, out double derivative)
    {
        double b = x + 1 - a;
        double c = 1e300;
        double cSlope = 0;
        double d = 1 / b;
        double dSlope = d * d;
        double fraction = d;
        derivative = d * d;
        for (int n = 1; n < 10_000; n++)
        {
            double an = -n * (n - a);
            b += 2;
            double denominator = an * d + b;
            dSlope = -(n * d + an * dSlope - 1) / (denominator * denominator);
            d = 1 / denominator;
            cSlope = -1 + (n - an * cSlope / c) / c;
            c = b + an / c;
            double delta = c * d;
            double deltaSlope = cSlope * d + c * dSlope;
            derivative = derivative * delta + fraction * deltaSlope;
            fraction *= delta;
            if (Math.Abs(delta - 1) < 1e-16 && Math.Abs(deltaSlope * fraction) <= 1e-16 * Math.Abs(derivative))
            {
                break;
            }
        }

        return fraction;
    }

    /// <summary>The logit derivatives from the power series: I/(x y · density) = (1 + aΣ)/(a y^b).</summary>
    private static (double ByA, double ByB) BetaSeriesDerivatives(double a, double b, double x, double y)
    {
        double sum = 0;
        double sumByA = 0;
        double sumByB = 0;
        double factor = 1;
        double factorByB = 0;
        for (int n = 1; n < 10_000; n++)
        {
            factorByB = (factorByB * (n - b) - factor) / n * x;
            factor *= (n - b) / n * x;
            double term = factor / (a + n);
            double termByB = factorByB / (a + n);
            sum += term;
            sumByA -= term / (a + n);
            sumByB += termByB;
            if (Math.Abs(term) <= 1e-17 * Math.Abs(sum) && Math.Abs(termByB) <= 1e-17 * Math.Abs(sumByB))
            {
                break;
            }
        }

        double scale = Math.Exp(-b * LogOf(y, x)) / a;
        double whole = 1 + a * sum;
        double psi = Digamma(a + b);
        double byA = whole * (LogOf(x, y) - Digamma(1 + a) + psi) + sum + a * sumByA;
        double byB = whole * (psi - Digamma(b)) + a * sumByB;
        return (-byA * scale, -byB * scale);
    }

    /// <summary>The logit derivatives from the continued fraction F: I/(x y · density) = 1/F.</summary>
    private static (double ByA, double ByB) BetaFractionDerivatives(double a, double b, double x, double y)
    {
        double lambda = BetaLambda(a, b, x, y);
        double fraction = a * (lambda + 1) / (a + 1);
        double c = fraction;
        double d = 0;

        // Logarithmic derivatives of F, and derivatives of c and d; ∂λ/∂a = y, ∂λ/∂b = −x.
        double cByA = (lambda + 1) / ((a + 1) * (a + 1)) + a * y / (a + 1);
        double cByB = -a * x / (a + 1);
        double byA = cByA / c;
        double byB = cByB / c;
        double dByA = 0;
        double dByB = 0;
        for (int m = 1; m < 100_000; m++)
        {
            double odd = a + 2.0 * m - 1;
            double next = a + 2.0 * m + 1;
            double numerator = (a + m - 1) / odd * ((a + b + m - 1) / odd) * m * (b - m) * x * x;
            double common = m * x * x / (odd * odd);
            double numeratorByA = common * (b - m) * ((a + b + m - 1) + (a + m - 1) - 2 * (a + m - 1) * (a + b + m - 1) / odd);
            double numeratorByB = common * (a + m - 1) * ((b - m) + (a + b + m - 1));
            double inner = lambda + 1 + m * (1 + y);
            double denominator = m + m * (b - m) * x / odd + (a + m) / next * inner;
            double denominatorByA = -m * (b - m) * x / (odd * odd) + (m + 1) / (next * next) * inner + (a + m) / next * y;
            double denominatorByB = m * x / odd - (a + m) / next * x;

            dByA = denominatorByA + numeratorByA * d + numerator * dByA;
            dByB = denominatorByB + numeratorByB * d + numerator * dByB;
            d = 1 / (denominator + numerator * d);
            dByA *= -d * d;
            dByB *= -d * d;
            cByA = denominatorByA + (numeratorByA - numerator * cByA / c) / c;
            cByB = denominatorByB + (numeratorByB - numerator * cByB / c) / c;
            c = denominator + numerator / c;
            double stepA = cByA / c + dByA / d;
            double stepB = cByB / c + dByB / d;
            byA += stepA;
            byB += stepB;
            double delta = c * d;
            fraction *= delta;
            if (Math.Abs(delta - 1) < 1e-16 && Math.Abs(stepA) <= 1e-16 * Math.Abs(byA) && Math.Abs(stepB) <= 1e-16 * Math.Abs(byB))
            {
                break;
            }
        }

        double psi = Digamma(a + b);
        return (-(LogOf(x, y) - Digamma(a) + psi - byA) / fraction, -(LogOf(y, x) - Digamma(b) + psi - byB) / fraction);
    }
}
