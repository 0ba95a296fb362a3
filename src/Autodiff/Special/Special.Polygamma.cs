namespace ProbNet.Autodiff;

/// <content>Derivatives of log Γ and the Hurwitz zeta function that gives them all.</content>
internal static partial class Special
{
    // The zero of ψ on x > 0, as a sum of two doubles.
    private const double DigammaRoot = 1.4616321449683622;
    private const double DigammaRootLow = 9.549995429965697e-17;

    // ψ(x) / (x − root) on [1, 2], in x − 3/2.
    private static ReadOnlySpan<double> DigammaOneToTwo => 
    [
        -8.153978973309418e-5, 0.00012230983055406747, -6.11554261750751e-5, 9.173383289174792e-5, -0.0002178682145501451,
        0.0003268068044141764, -0.0004599625144612576, 0.0006899717801166841, -0.001042261556504223, 0.0015635679757533885,
        -0.002344650082351321, 0.0035180800751066694, -0.00528001782089874, 0.007927024067961237, -0.011908215172584002,
        0.017907248195969127, -0.02697579684427536, 0.04076083394462657, -0.06192213327165706, 0.09498872445283,
        -0.14840492305391761, 0.24054248424078736, -0.42362742128146047, 0.9510558760318328,
    ];

    // B₂ₖ / 2k: the asymptotic series of ψ.
    private static ReadOnlySpan<double> DigammaSeries => 
    [
        0.08333333333333333, -0.008333333333333333, 0.003968253968253968, -0.004166666666666667, 0.007575757575757576,
        -0.021092796092796094, 0.08333333333333333, -0.4432598039215686,
    ];

    // B₂ₖ: the asymptotic series of ψ′.
    private static ReadOnlySpan<double> TrigammaSeries => 
    [
        0.16666666666666666, -0.03333333333333333, 0.023809523809523808, -0.03333333333333333, 0.07575757575757576,
        -0.2531135531135531, 1.1666666666666667, -7.092156862745098,
    ];

    // B₂ₖ / (2k)!: the Euler–Maclaurin formula.
    private static ReadOnlySpan<double> EulerMaclaurin => 
    [
        0.08333333333333333, -0.001388888888888889, 3.306878306878307e-5, -8.267195767195768e-7, 2.08767569878681e-8,
        -5.284190138687493e-10, 1.3382536530684679e-11, -3.3896802963225827e-13, 8.586062056277845e-15, -2.174868698558062e-16,
        5.5090028283602295e-18, -1.3954464685812522e-19, 3.534707039629467e-21, -8.953517427037546e-23, 2.267952452337683e-24,
    ];

    /// <summary>
    /// ψ(x) = d/dx log Γ(x). Relative precision on x &gt; 0, the zero at 1.4616… included. −∞ at +0, +∞ at −0, NaN at the negative integers
    /// and at −∞.
    /// </summary>
    public static double Digamma(double x)
    {
        if (x <= 0)
        {
            if (x == 0)
            {
                return -1 / x;
            }

            // ψ(1 − x) − ψ(x) = π cot πx.
            return x == Math.Floor(x) ? double.NaN : Digamma(1 - x) - Math.PI / double.TanPi(x);
        }

        if (x < 10)
        {
            double sum = 0;
            while (x > 2)
            {
                x -= 1;
                sum += 1 / x;
            }

            if (x < 1)
            {
                sum -= 1 / x;
                x += 1;
            }

            return sum + (x - DigammaRoot - DigammaRootLow) * Horner(DigammaOneToTwo, x - 1.5);
        }

        double inverse = 1 / x;
        double square = inverse * inverse;
        return Math.Log(x) - 0.5 * inverse - square * HornerAscending(DigammaSeries, square);
    }

    /// <summary>ψ′(x). +∞ at 0 and at the negative integers, NaN at −∞.</summary>
    public static double Trigamma(double x)
    {
        if (x <= 0)
        {
            if (x == Math.Floor(x))
            {
                return double.IsNegativeInfinity(x) ? double.NaN : double.PositiveInfinity;
            }

            // ψ′(1 − x) + ψ′(x) = (π / sin πx)².
            double ratio = Math.PI / double.SinPi(x);
            return ratio * ratio - Trigamma(1 - x);
        }

        double sum = 0;
        for (; x < 10; x += 1)
        {
            sum += 1 / (x * x);
        }

        double inverse = 1 / x;
        double square = inverse * inverse;
        return sum + inverse * (1 + 0.5 * inverse + square * HornerAscending(TrigammaSeries, square));
    }

    /// <summary>
    /// ψ⁽ⁿ⁾(x), the n-th derivative of ψ, n ≥ 0: (−1)ⁿ⁺¹ n! ζ(n + 1, x) for x &gt; 0, by reflection for x &lt; 0.
    /// At 0 and the negative integers: +∞ for odd n, NaN for even n (−∞·sign at ±0).
    /// </summary>
    public static double Polygamma(int n, double x)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        if (n == 0)
        {
            return Digamma(x);
        }

        if (n == 1)
        {
            return Trigamma(x);
        }

        double sign = n % 2 == 0 ? -1 : 1;
        if (x > 0)
        {
            return sign * FactorialTimes(n, Zeta(n + 1, x));
        }

        if (x == Math.Floor(x) || double.IsNaN(x))
        {
            bool pole = !double.IsNaN(x) && !double.IsInfinity(x);
            return !pole ? double.NaN : sign > 0 ? double.PositiveInfinity : x == 0 ? -1 / x : double.NaN;
        }

        // ψ⁽ⁿ⁾(x) = (−1)ⁿ ψ⁽ⁿ⁾(1 − x) − (d/dx)ⁿ π cot πx, and the last derivative is (−1)ⁿ n! Σ 1/(x + k)ⁿ⁺¹ over all integers k.
        return -sign * Polygamma(n, 1 - x) + sign * FactorialTimes(n, SumOverIntegers(n + 1, x));
    }

    /// <summary>
    /// ζ(s, q) = Σ_{k≥0} (q + k)⁻ˢ for s &gt; 1 (Hurwitz), by Euler–Maclaurin summation. +∞ at s = 1 and where q is 0 or a negative
    /// integer; for other
    /// negative q, s must be an integer, else NaN; NaN for s &lt; 1.
    /// </summary>
    public static double Zeta(double s, double q)
    {
        if (double.IsNaN(q) || !(s >= 1))
        {
            return double.NaN;
        }

        if (s == 1)
        {
            return double.PositiveInfinity;
        }

        if (q <= 0)
        {
            if (q == Math.Floor(q))
            {
                return double.IsInfinity(q) ? double.NaN : double.PositiveInfinity;
            }

            if (s != Math.Floor(s))
            {
                return double.NaN;
            }
        }

        if (double.IsPositiveInfinity(q))
        {
            return 0;
        }

        double sum = 0;
        double start = 10 + s;
        for (; q < start; q += 1)
        {
            double term = Math.Pow(q, -s);
            sum += term;

            // What is left is below the integral, (q + 1)^(1−s)/(s − 1) plus the next term.
            if (q > 0 && term * (1 + q / (s - 1)) < 1e-18 * sum)
            {
                return sum;
            }
        }

        double power = Math.Pow(q, -s);
        sum += power * (q / (s - 1) + 0.5);
        double factor = power * s / q;
        for (int k = 0; k < EulerMaclaurin.Length; k++)
        {
            double term = EulerMaclaurin[k] * factor;
            sum += term;
            if (Math.Abs(term) < 1e-18 * Math.Abs(sum))
            {
                break;
            }

            factor *= (s + 2 * k + 1) / q * ((s + 2 * k + 2) / q);
        }

        return sum;
    }

    /// <summary>n!·value, through logarithms where n! alone would overflow.</summary>
    private static double FactorialTimes(int n, double value)
    {
        if (n <= 170)
        {
            return Gamma(n + 1.0) * value;
        }

        return value == 0 ? 0 : Math.Sign(value) * Math.Exp(LogGamma(n + 1.0) + Math.Log(Math.Abs(value)));
    }

    /// <summary>Σ over all integers k of 1/(x + k)^m, m ≥ 3, x no integer.</summary>
    private static double SumOverIntegers(int m, double x)
    {
        // Only the distance to the nearest pole matters.
        double d = x - Math.Round(x);
        double mirror = m % 2 == 0 ? 1 : -1;
        double side = d > 0 ? 1 : mirror;
        return side * Zeta(m, Math.Abs(d)) + side * mirror * Zeta(m, 1 - Math.Abs(d));
    }
}
