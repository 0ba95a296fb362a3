using MathNet.Numerics.Integration;

namespace ProbNet.Autodiff;

/// <content>The exponential integral, Dawson's integral, Owen's T and Lambert's W.</content>
internal static partial class Special
{
    private const double EulerGamma = 0.57721566490153286061;

    // W near its branch point in p = √(2(e x + 1)): Corless, Gonnet, Hare, Jeffrey and Knuth (1996), equation 4.22.
    private static ReadOnlySpan<double> LambertBranch =>
    [
        -1, 1, -1.0 / 3, 11.0 / 72, -43.0 / 540, 769.0 / 17280, -221.0 / 8505, 680863.0 / 43545600, -1963.0 / 204120,
        226287557.0 / 37623398400.0,
    ];

    private static readonly GaussLegendreRule OwenRule = new(0, 1, 64);

    /// <summary>E₁(x) = ∫ₓ^∞ e^−t/t dt for x ≥ 0; +∞ at 0, NaN below.</summary>
    public static double ExpIntegralE1(double x)
    {
        if (!(x > 0))
        {
            return x == 0 ? double.PositiveInfinity : double.NaN;
        }

        if (x > 1)
        {
            // Γ(0, x): the continued fraction of the incomplete gamma function at a = 0.
            return x > 750 ? 0 : Math.Exp(-x) * GammaFraction(0, x);
        }

        double sum = 0;
        double power = 1;
        for (int k = 1; k < 60; k++)
        {
            power *= -x / k;
            sum -= power / k;
        }

        return sum - EulerGamma - Math.Log(x);
    }

    /// <summary>eˣ·E₁(x) for x &gt; 0; ~ 1/x far out.</summary>
    public static double ExpIntegralE1Scaled(double x) => x > 1 ? GammaFraction(0, x) : Math.Exp(x) * ExpIntegralE1(x);

    /// <summary>Dawson's integral, F(x) = e^(−x²) ∫₀ˣ e^(t²) dt; odd, ~ 1/(2x) far out.</summary>
    public static double Dawson(double x)
    {
        double square = x * x;
        if (Math.Abs(x) < 7)
        {
            // e^(−x²) Σ x^(2k+1) / (k! (2k + 1)): all terms of one sign.
            double sum = 0;
            double power = x;
            for (int k = 0; Math.Abs(power) > 1e-18 * Math.Abs(sum); k++)
            {
                sum += power / (2 * k + 1);
                power *= square / (k + 1);
            }

            return x == 0 ? x : ExpMinusSquare(x, 1) * sum;
        }

        double series = 1;
        double term = 1;
        for (int k = 1; k < 40 && term > 1e-18; k++)
        {
            term *= (2 * k - 1) / (2 * square);
            series += term;
        }

        return 0.5 / x * series;
    }

    /// <summary>
    /// Owen's T(h, a) = 1/(2π) ∫₀ᵃ e^(−h²(1 + t²)/2)/(1 + t²) dt (Owen 1956): the probability of {X &gt; h, 0 &lt; Y &lt; aX} for
    /// independent standard
    /// normals. Gauss–Legendre for |a| ≤ 1, reflection beyond.
    /// </summary>
    public static double OwensT(double h, double a)
    {
        if (double.IsNaN(h) || double.IsNaN(a))
        {
            return double.NaN;
        }

        double y = Math.Abs(h);
        double slope = Math.Abs(a);
        double value = slope <= 1
            ? OwenIntegral(y, slope)
            : OwenReflected(y, slope);
        return a < 0 ? -value : value;
    }

    /// <summary>The principal branch of Lambert's W, W e^W = x, for x ≥ −1/e; NaN below.</summary>
    public static double LambertW(double x)
    {
        const double ELow = 1.4456468917292502e-16;
        if (double.IsPositiveInfinity(x) || x == 0)
        {
            return x;
        }

        // e x + 1, with the part of e that its double leaves out.
        double distance = Math.FusedMultiplyAdd(Math.E, x, 1) + ELow * x;
        if (!(distance >= 0))
        {
            return distance > -1e-16 ? -1 : double.NaN;
        }

        double p = Math.Sqrt(2 * distance);
        if (p < 0.03)
        {
            return HornerAscending(LambertBranch, p);
        }

        double w = x < 1 ? HornerAscending(LambertBranch[..4], Math.Min(p, 1.5)) : Math.Log(x) - Math.Log(1 + Math.Log(1 + x));
        if (Math.Abs(x) < 0.1)
        {
            w = x * (1 - x);
        }

        // Halley's method (Corless et al., section 4).
        for (int i = 0; i < 20; i++)
        {
            double e = Math.Exp(w);
            double error = Math.FusedMultiplyAdd(w, e, -x);
            double step = error / (e * (w + 1) - (w + 2) * error / (2 * w + 2));
            w -= step;
            if (Math.Abs(step) <= 1e-16 * Math.Abs(w))
            {
                break;
            }
        }

        return w;
    }

    private static double OwenReflected(double h, double a)
    {
        double product = h * a;
        double inner = double.IsInfinity(a) ? 0 : OwenIntegral(product, 1 / a);
        if (h < 0.5)
        {
            return 0.25 - 0.25 * Erf(h * SqrtHalf) * (double.IsInfinity(a) ? (h > 0 ? 1 : 0) : Erf(product * SqrtHalf)) - inner;
        }

        (double far, double near) = (NormalCdf(-product), NormalCdf(-h));
        return 0.5 * (near + far) - near * far - inner;
    }

    /// <summary>The integral for 0 ≤ a ≤ 1, cut where the integrand has fallen below 1e-18 of its start.</summary>
    private static double OwenIntegral(double h, double a)
    {
        double end = h * a > 9.2 ? 9.2 / h : a;
        double sum = 0;
        for (int i = 0; i < OwenRule.Order; i++)
        {
            double t = end * OwenRule.GetAbscissa(i);
            double square = t * t;
            sum += OwenRule.GetWeight(i) * Math.Exp(-0.5 * h * h * square) / (1 + square);
        }

        return end / (2 * Math.PI) * sum * ExpMinusSquare(h, 0.5);
    }
}
