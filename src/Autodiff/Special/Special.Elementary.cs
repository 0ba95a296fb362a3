namespace ProbNet.Autodiff;

/// <summary>
/// Scalar special functions in double precision: the values behind the tensor ops, the distributions' CDFs and their inverses.
/// NaN in gives NaN out; poles and limits follow C99 and SciPy, and are stated at each function.
/// </summary>
/// <remarks>
/// Every table of coefficients is a Chebyshev interpolant computed with 60 digits and truncated below 1e-17 relative to the function,
/// unless a paper is
/// named beside it. The errors measured against mpmath stand in docs/numerics.md.
/// </remarks>
internal static partial class Special
{
    private const double SqrtTwo = 1.4142135623730950488;
    private const double SqrtHalf = 0.70710678118654752440;
    private const double LogSqrtTwoPi = 0.91893853320467274178;
    private const double InvSqrtPi = 0.56418958354775628695;
    private const double InvSqrtTwoPi = 0.39894228040143267794;
    private const double LogTwo = 0.69314718055994530942;

    // (e^x - 1 - x - x²/2) / x³ on [-1/2, 1/2].
    private static ReadOnlySpan<double> ExpM1Tail => 
    [
        1.1506646643626771e-11, 1.6116496514371548e-10, 2.0876655966148874e-9, 2.505194670972162e-8, 2.7557319354970364e-7,
        2.755731943362024e-6, 2.4801587301510543e-5, 0.00019841269841146993, 0.0013888888888888905, 0.00833333333333336,
        0.041666666666666664, 0.16666666666666666,
    ];

    /// <summary>log(1 + x) without cancellation for small x; −∞ at −1, NaN below.</summary>
    public static double Log1p(double x)
    {
        double u = 1 + x;
        if (!(u > 0) || double.IsPositiveInfinity(u))
        {
            return Math.Log(u);
        }

        if (u == 1)
        {
            return x;
        }

        // The rounding error of u, (u − 1) − x, is exact; its first-order effect on the logarithm is taken back.
        return Math.Log(u) - ((u - 1) - x) / u;
    }

    /// <summary>e^x − 1 without cancellation for small x.</summary>
    public static double Expm1(double x)
    {
        if (Math.Abs(x) < 0.5)
        {
            return x == 0 ? x : x + x * x * (0.5 + x * Horner(ExpM1Tail, x));
        }

        return Math.Exp(x) - 1;
    }

    /// <summary>log(1 − e^x) for x ≤ 0 (Mächler 2012); −∞ at 0, NaN for x &gt; 0.</summary>
    public static double Log1mExp(double x) => x > -LogTwo ? Math.Log(-Expm1(x)) : Log1p(-Math.Exp(x));

    /// <summary>x − log(1 + x), which is x²/2 near 0, to full relative precision.</summary>
    public static double XMinusLog1p(double x)
    {
        if (!(x > -0.5 && x < 1))
        {
            return x - Log1p(x);
        }

        // log(1 + x) = 2 atanh(r) with r = x / (2 + x), and x − 2r = r·x.
        double r = x / (2 + x);
        double s = r * r;
        double power = s;
        double sum = 0;
        for (int k = 3; power > 1e-17 * s && k < 60; k += 2)
        {
            sum += power / k;
            power *= s;
        }

        return r * (x - 2 * sum);
    }

    /// <summary>Polynomial with the coefficient of the highest power first.</summary>
    private static double Horner(ReadOnlySpan<double> coefficients, double x)
    {
        double sum = 0;
        foreach (double c in coefficients)
        {
            sum = Math.FusedMultiplyAdd(sum, x, c);
        }

        return sum;
    }

    /// <summary>Polynomial with the constant term first.</summary>
    private static double HornerAscending(ReadOnlySpan<double> coefficients, double x)
    {
        double sum = 0;
        for (int i = coefficients.Length - 1; i >= 0; i--)
        {
            sum = Math.FusedMultiplyAdd(sum, x, coefficients[i]);
        }

        return sum;
    }

    /// <summary>c₀/2 + Σ cₖ Tₖ(t) by Clenshaw's recurrence.</summary>
    private static double Chebyshev(ReadOnlySpan<double> coefficients, double t)
    {
        double b1 = 0;
        double b2 = 0;
        for (int i = coefficients.Length - 1; i > 0; i--)
        {
            double b0 = Math.FusedMultiplyAdd(2 * t, b1, coefficients[i] - b2);
            b2 = b1;
            b1 = b0;
        }

        return Math.FusedMultiplyAdd(t, b1, 0.5 * coefficients[0] - b2);
    }

    /// <summary>e^(−x²·scale) for scale ½ or 1, with the rounding error of x² carried along: a plain x·x costs x² ulp.</summary>
    private static double ExpMinusSquare(double x, double scale)
    {
        double square = x * x;
        double error = Math.FusedMultiplyAdd(x, x, -square);
        double e = Math.Exp(-square * scale);
        return e == 0 ? 0 : e - e * error * scale;
    }
}
