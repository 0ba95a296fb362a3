namespace ProbNet.Autodiff;

/// <content>The error functions and the normal distribution function.</content>
internal static partial class Special
{
    // erf(x) / x on [0, 1], in x² − ½.
    private static ReadOnlySpan<double> ErfSmall => 
    [
        5.957176147748911e-11, -7.798543168142326e-10, 9.387642467190585e-9, -1.0420369437776738e-7, 1.053644949301286e-6,
        -9.614808686837411e-6, 7.82964952550334e-5, -0.0005611894221159957, 0.003480274496665589, -0.018283884489152906,
        0.07940998675593483, -0.2810721780454342, 0.9654687386698673,
    ];

    // (1 + 2x) e^(x²) erfc(x) on [0, ∞) as a Chebyshev series in (x − 3.75)/(x + 3.75) (the variable of Shepherd and Laframboise 1981).
    private static ReadOnlySpan<double> ErfcxSeries => 
    [
        2.3551578691348034, -0.004590054580646478, -0.08424913336651792, 0.05920993999819189, -0.026658668435305753,
        0.009074997670705265, -0.002413163540417608, 0.0004907758365258086, -6.916973302501207e-5, 4.13902798607301e-6,
        7.74038306619849e-7, -2.1886401049234397e-7, 1.076499946567091e-8, 4.521959811218287e-9, -7.754400208831351e-10,
        -6.318088340886684e-11, 2.86879501093067e-11, 1.9455868545777347e-13, -9.65469674843344e-13, 3.25254814814874e-14,
        3.3478119482868056e-14, -1.864562880419313e-15, -1.2507950530688648e-15, 7.418235256624044e-17, 5.068148904796111e-17,
        -2.2370566594359995e-18, -2.187342944303018e-18, 2.6766327399258762e-20, 9.736561401741451e-20, 3.3214840905101302e-21,
        -4.290286707901327e-21,
    ];

    /// <summary>erf(x) = 2/√π ∫₀ˣ e^(−t²) dt.</summary>
    public static double Erf(double x)
    {
        if (Math.Abs(x) <= 1)
        {
            return x * Horner(ErfSmall, Math.FusedMultiplyAdd(x, x, -0.5));
        }

        return x > 0 ? 1 - Erfc(x) : Erfc(-x) - 1;
    }

    /// <summary>erfc(x) = 1 − erf(x), with relative precision down to the smallest numbers (x ≈ 27.2).</summary>
    public static double Erfc(double x)
    {
        if (x < 0.5)
        {
            return x < -1 ? 2 - Erfc(-x) : 1 - Erf(x);
        }

        return x > 28 ? 0 : ExpMinusSquare(x, 1) * Erfcx(x);
    }

    /// <summary>erfcx(x) = e^(x²) erfc(x), the scaled complement; ~ 1/(x√π) for large x, +∞ below −26.6.</summary>
    public static double Erfcx(double x)
    {
        if (x < 0)
        {
            if (x < -27)
            {
                return double.PositiveInfinity;
            }

            double square = x * x;
            double error = Math.FusedMultiplyAdd(x, x, -square);
            double e = Math.Exp(square);
            return 2 * e + (2 * e * error - Erfcx(-x));
        }

        return x > 1e8 ? InvSqrtPi / x : Chebyshev(ErfcxSeries, (x - 3.75) / (x + 3.75)) / (1 + 2 * x);
    }

    /// <summary>Φ(x) = ½ erfc(−x/√2), the standard normal distribution function; relative precision in the lower tail.</summary>
    public static double NormalCdf(double x)
    {
        if (Math.Abs(x) < 1)
        {
            return 0.5 + 0.5 * Erf(x * SqrtHalf);
        }

        return x > 0 ? 1 - NormalUpperTail(x) : NormalUpperTail(-x);
    }

    /// <summary>log Φ(x), finite wherever −x²/2 is; ≈ −Φ(−x) for large x.</summary>
    public static double NormalLogCdf(double x)
    {
        if (x < -1)
        {
            return -0.5 * x * x + Math.Log(0.5 * Erfcx(-x * SqrtHalf));
        }

        return Log1p(-NormalCdf(-x));
    }

    /// <summary>φ(x)/Φ(x), the derivative of log Φ (the inverse Mills ratio of −x); ≈ −x far below zero.</summary>
    public static double NormalLogCdfDerivative(double x) =>
        x > 0 ? InvSqrtTwoPi * ExpMinusSquare(x, 0.5) / NormalCdf(x) : 2 * InvSqrtTwoPi / Erfcx(-x * SqrtHalf);

    /// <summary>(log Φ)″(x) = −y(x + y) with y = φ(x)/Φ(x): −1 far below zero, where the sum cancels, and 0 far above.</summary>
    public static double NormalLogCdfSecondDerivative(double x)
    {
        if (x < -SqrtTwo)
        {
            // −r₁/r₀ with r₀ = 1/(2u + 2r₁).
            double u = -x * SqrtHalf, r = u > 1e8 ? 0.5 / u : ErfcRatio(1, u);
            return u > 1e8 ? -1 : -2 * r * (u + r);
        }

        double y = NormalLogCdfDerivative(x);
        return y == 0 ? 0 : -y * (x + y);
    }

    /// <summary>The n-th derivative of erfcx, (−2)ⁿ·n!·e^(x²)·iⁿerfc(x), for n ≥ 1.</summary>
    public static double ErfcxDerivative(int n, double x)
    {
        if (x < 2)
        {
            // f⁽ᵏ⁺¹⁾ = 2x·f⁽ᵏ⁾ + 2k·f⁽ᵏ⁻¹⁾, which cancels only far above 0.
            double before = Erfcx(x), current = double.IsInfinity(before) ? double.NegativeInfinity : 2 * x * before - 2 * InvSqrtPi;
            for (int k = 1; k < n; k++)
            {
                (before, current) = (current, 2 * x * current + 2 * k * before);
            }

            return current;
        }

        double product = Erfcx(x);
        for (int k = 1; k <= n; k++)
        {
            product *= -2 * k * ErfcRatio(k, x);
        }

        return product;
    }

    /// <summary>rₖ = iᵏerfc(x)/iᵏ⁻¹erfc(x) for x from about 1 on, from rₖ = 1/(2x + 2(k + 1)rₖ₊₁) far out on (Gautschi 1961).</summary>
    private static double ErfcRatio(int k, double x)
    {
        double ratio = 0;
        for (int j = k + 10 + (int)(200 / (x * x)); j >= k; j--)
        {
            ratio = 1 / (2 * x + 2 * (j + 1) * ratio);
        }

        return ratio;
    }

    private static double NormalUpperTail(double x) => x > 39 ? 0 : 0.5 * ExpMinusSquare(x, 0.5) * Erfcx(x * SqrtHalf);
}
