using ProbNet.Autodiff;

namespace ProbNet.Benchmarks;

/// <summary>
/// An unevaluated sum of two doubles, about 32 digits (Dekker 1971; Knuth, TAOCP 2, 4.2.2): the reference that vector functions are
/// measured against.
/// </summary>
internal readonly record struct DoubleDouble(double High, double Low = 0)
{
    // ln 2 to 32 digits: OEIS A002162.
    public static readonly DoubleDouble Ln2 = new(0.6931471805599453, 2.3190468138462996e-17);

    // √π to 32 digits: OEIS A002161.
    public static readonly DoubleDouble SqrtPi = new(1.772453850905516, -7.666586499825799e-17);

    public static implicit operator DoubleDouble(double x) => new(x);

    public static DoubleDouble operator -(DoubleDouble a) => new(-a.High, -a.Low);

    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        double s = a.High + b.High;
        double v = s - a.High;
        double e = (a.High - (s - v)) + (b.High - v) + a.Low + b.Low;
        return Renormalized(s, e);
    }

    public static DoubleDouble operator -(DoubleDouble a, DoubleDouble b) => a + -b;

    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        double p = a.High * b.High;
        double e = Math.FusedMultiplyAdd(a.High, b.High, -p) + (a.High * b.Low) + (a.Low * b.High);
        return Renormalized(p, e);
    }

    public static DoubleDouble operator /(DoubleDouble a, DoubleDouble b)
    {
        double q = a.High / b.High;
        if (!double.IsFinite(q))
        {
            return q;
        }

        DoubleDouble r = a - (b * q);
        double q2 = r.High / b.High;
        DoubleDouble r2 = r - (b * q2);
        return Renormalized(q, q2) + (r2.High / b.High);
    }

    public static DoubleDouble Sqrt(DoubleDouble x)
    {
        if (x.High <= 0)
        {
            return Math.Sqrt(x.High);
        }

        double s = Math.Sqrt(x.High);
        DoubleDouble y = s;
        return y + ((x - (y * y)) / (2 * s));
    }

    public static DoubleDouble Exp(DoubleDouble x)
    {
        if (x.High > 710 || x.High < -760 || double.IsNaN(x.High))
        {
            return Math.Exp(x.High);
        }

        double k = Math.Round(x.High / Ln2.High);
        DoubleDouble y = 1 + Expm1Series(x - (Ln2 * k));
        int first = (int)k / 2;
        return y.Scaled(first).Scaled((int)k - first);
    }

    public static DoubleDouble Expm1(DoubleDouble x) => Math.Abs(x.High) < 0.4 ? Expm1Series(x) : Exp(x) - 1;

    public static DoubleDouble Log(DoubleDouble x)
    {
        if (x.High <= 0 || !double.IsFinite(x.High))
        {
            return Math.Log(x.High);
        }

        int exponent = Math.ILogB(x.High);
        DoubleDouble m = x.Scaled(-exponent);
        if (m.High > 1.4)
        {
            m = m.Scaled(-1);
            exponent++;
        }

        // Two Newton steps on exp(y) = m: the first from 16 digits, the second for the last bits.
        DoubleDouble y = Math.Log(m.High);
        y += (m * Exp(-y)) - 1;
        return Math.Abs(m.High - 1) < 0.1 ? Log1pSeries(m - 1) + (Ln2 * exponent) : y + (Ln2 * exponent);
    }

    public static DoubleDouble Log1p(DoubleDouble x) => Math.Abs(x.High) < 0.1 ? Log1pSeries(x) : Log(1 + x);

    /// <summary>2/√π·e^(−x²)·Σ 2ⁿx²ⁿ⁺¹/(2n+1)!!: all terms have one sign.</summary>
    public static DoubleDouble Erf(DoubleDouble x)
    {
        DoubleDouble square = x * x, term = x, sum = x;
        for (int n = 1; Math.Abs(term.High) > Math.Abs(sum.High) * 1e-34; n++)
        {
            term = term * square * 2 / ((2 * n) + 1);
            sum += term;
        }

        return 2 * Exp(-square) * sum / SqrtPi;
    }

    /// <summary>The continued fraction of erfc from 2 up (Abramowitz and Stegun 7.1.14), and 1 − erf below.</summary>
    public static DoubleDouble Erfc(DoubleDouble x)
    {
        if (x.High < 2)
        {
            return 1 - Erf(x);
        }

        DoubleDouble f = x;
        for (int k = 600; k > 0; k--)
        {
            f = x + (k / (DoubleDouble)2 / f);
        }

        return Exp(-(x * x)) / (SqrtPi * f);
    }

    private static DoubleDouble Expm1Series(DoubleDouble x)
    {
        DoubleDouble term = x, sum = x;
        for (int n = 2; Math.Abs(term.High) > Math.Abs(sum.High) * 1e-34; n++)
        {
            term = term * x / n;
            sum += term;
        }

        return sum;
    }

    /// <summary>2·artanh(x/(2 + x)).</summary>
    private static DoubleDouble Log1pSeries(DoubleDouble x)
    {
        DoubleDouble s = x / (2 + x), square = s * s, power = s, sum = s;
        for (int n = 3; Math.Abs(power.High) > Math.Abs(sum.High) * 1e-34; n += 2)
        {
            power *= square;
            sum += power / n;
        }

        return 2 * sum;
    }

    private DoubleDouble Scaled(int exponent) => new(Math.ScaleB(High, exponent), Math.ScaleB(Low, exponent));

    private static DoubleDouble Renormalized(double high, double low)
    {
        double s = high + low;
        return double.IsFinite(s) ? new(s, low - (s - high)) : new(s);
    }
}
