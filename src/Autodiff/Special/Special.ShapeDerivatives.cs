namespace ProbNet.Autodiff;

/// <content>
/// Derivatives of the incomplete gamma and beta functions in their shape parameters, for implicit reparameterization (Figurnov et al. 2018): the
/// series and continued fractions of the functions, differentiated term by term (Moore 1982; Boik and Robison-Cox 1998).
/// </content>
internal static partial class Special
{
    private const int MaxTerms = 10_000_000;

    /// <summary>∂P(a, x)/∂a for a &gt; 0, x ≥ 0; NaN outside.</summary>
    public static double GammaPShapeDerivative(double a, double x)
    {
        if (!(a > 0 && x >= 0) || double.IsInfinity(a))
        {
            return double.NaN;
        }

        if (x == 0 || double.IsInfinity(x))
        {
            return 0;
        }

        double prefix = GammaPrefix(a, x);
        return prefix == 0 ? 0 : x <= a + 1 ? prefix * GammaSeriesByShape(a, x) : -a * prefix * GammaFractionByShape(a, x);
    }

    /// <summary>∂I_x(a, b)/∂a for a, b &gt; 0 and 0 ≤ x ≤ 1; NaN outside.</summary>
    public static double BetaRegularizedShapeDerivative(double a, double b, double x)
    {
        if (!(a > 0 && b > 0 && x >= 0 && x <= 1) || double.IsInfinity(a) || double.IsInfinity(b))
        {
            return double.NaN;
        }

        if (x == 0 || x == 1)
        {
            return 0;
        }

        // Past the mean: I_x(a, b) = 1 − I_y(b, a), where a is the second parameter.
        double y = 1 - x;
        return x < (a + 1) / (a + b + 2) ? BetaFractionByShape(a, b, x, y).First : -BetaFractionByShape(b, a, y, x).Second;
    }

    /// <summary>With tₙ = xⁿ/((a + 1) … (a + n)): Σ tₙ (ln x − ψ(a + n + 1)).</summary>
    private static double GammaSeriesByShape(double a, double x)
    {
        double logX = Math.Log(x), psi = Digamma(a + 1), term = 1, sum = logX - psi;
        for (int n = 1; n < MaxTerms; n++)
        {
            term *= x / (a + n);
            psi += 1 / (a + n);
            double part = term * (logX - psi);
            sum += part;
            if (n > x - a && Math.Abs(part) <= 1e-17 * Math.Abs(sum))
            {
                break;
            }
        }

        return sum;
    }

    /// <summary>For Q = x^a e^−x/Γ(a) · h(a, x), with h as in <see cref="GammaFraction"/>: (ln x − ψ(a)) h + ∂h/∂a, by Lentz's method.</summary>
    private static double GammaFractionByShape(double a, double x)
    {
        // A name with "By" holds the derivative in a; that of every b is −1, of every numerator n.
        double b = x + 1 - a, c = 1e300, cBy = 0;
        double d = 1 / b, dBy = d * d, h = d, hBy = dBy;
        for (int n = 1; n < MaxTerms; n++)
        {
            double an = -n * (n - a);
            b += 2;
            double denominator = (an * d) + b, denominatorBy = (n * d) + (an * dBy) - 1;
            cBy = (n / c) - (an / c * (cBy / c)) - 1;
            c = b + (an / c);
            d = 1 / (denominator == 0 ? 1e-300 : denominator);
            dBy = -denominatorBy * d * d;
            double delta = c * d, deltaBy = (cBy * d) + (c * dBy);
            hBy = (hBy * delta) + (h * deltaBy);
            h *= delta;
            if (Math.Abs(delta - 1) < 1e-16 && Math.Abs(h * deltaBy) <= 1e-16 * Math.Abs(hBy))
            {
                break;
            }
        }

        return ((Math.Log(x) - Digamma(a)) * h) + hBy;
    }

    /// <summary>
    /// The derivatives of I_x(a, b) in a and b, from I = x^a y^b/(a B(a, b)) · h with h = 1/(1 + d₁/(1 + d₂/(1 + …))) (DLMF 8.17.22), by Lentz's
    /// method.
    /// </summary>
    private static (double First, double Second) BetaFractionByShape(double a, double b, double x, double y)
    {
        double prefix = Math.Exp(LogBetaPrefix(a, b, x, y)) / a;
        if (prefix == 0)
        {
            return (0, 0);
        }

        // Names with "A" and "B" hold the derivatives in a and b.
        double c = 1, cA = 0, cB = 0;
        double d = 1 - ((a + b) * x / (a + 1)), dA = -x * ((1 - b) / ((a + 1) * (a + 1))), dB = -x / (a + 1);
        Invert(ref d, ref dA, ref dB);
        double h = d, hA = dA, hB = dB;
        for (int m = 1; m < MaxTerms; m++)
        {
            double p = a + (2.0 * m) - 1, q = p + 1, r = p + 2, s = a + b + m;
            double even = m * (b - m) * x / (p * q);
            Step(even, -even * ((1 / p) + (1 / q)), m * x / (p * q));
            double odd = -(a + m) * s * x / (q * r);
            double change = Step(odd, odd * ((1 / (a + m)) + (1 / s) - (1 / q) - (1 / r)), odd / s);
            if (change < 1e-16)
            {
                break;
            }
        }

        double psi = Digamma(a + b);
        double first = LogOf(x, y) - Digamma(a) - (1 / a) + psi, second = LogOf(y, x) - Digamma(b) + psi;
        return (prefix * ((first * h) + hA), prefix * ((second * h) + hB));

        double Step(double an, double anA, double anB)
        {
            (dA, dB) = ((anA * d) + (an * dA), (anB * d) + (an * dB));
            d = 1 + (an * d);
            Invert(ref d, ref dA, ref dB);
            (cA, cB) = ((anA - (an * (cA / c))) / c, (anB - (an * (cB / c))) / c);
            c = 1 + (an / c);
            double delta = c * d, deltaA = (cA * d) + (c * dA), deltaB = (cB * d) + (c * dB);
            hA = (hA * delta) + (h * deltaA);
            hB = (hB * delta) + (h * deltaB);
            h *= delta;
            return Math.Max(
                Math.Abs(delta - 1),
                Math.Max(Math.Abs(h * deltaA) / (Math.Abs(hA) + 1e-300), Math.Abs(h * deltaB) / (Math.Abs(hB) + 1e-300)));
        }

        static void Invert(ref double d, ref double dA, ref double dB)
        {
            d = 1 / (d == 0 ? 1e-300 : d);
            (dA, dB) = (-dA * d * d, -dB * d * d);
        }
    }
}
