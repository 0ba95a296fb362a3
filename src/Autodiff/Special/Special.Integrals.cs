using MathNet.Numerics.Integration;

namespace ProbNet.Autodiff;

/// <content>The exponential integral, Dawson's integral, Owen's T and Lambert's W.</content>
internal static partial class Special
{
    private const double DawsonFar = 7;
    private const double EulerGamma = 0.57721566490153286061;

    // (1 + 2x²) F(x)/x on [0, 7] in 2x²/49 − 1.
    private static ReadOnlySpan<double> DawsonNear =>
    [
        2.253207692986502, -0.1715750399252778, 0.09660627690986755, -0.033741314181752566, -0.013694841897182333, 0.044835849936438896,
        -0.06104198689050729, 0.06523822233859508, -0.061067930262013286, 0.05210881490307712, -0.04132046447736116, 0.03078363001730579,
        -0.02169595736487901, 0.014534762107805767, -0.009288038632647115, 0.005676773984479635, -0.0033257566125015916,
        0.0018710535009215943, -0.001012452372612313, 0.00052766757449065, -0.00026520804890240194, 0.00012869101395653675,
        -6.035326873440848e-5, 2.7382187168541408e-5, -1.20294803671188e-5, 5.121655138703397e-6, -2.1150054310793665e-6,
        8.477839638441016e-7, -3.3010345250771335e-7, 1.249424229474897e-7, -4.5999706604801265e-8, 1.648402556710855e-8,
        -5.753084815059537e-9, 1.956694078281064e-9, -6.488958265084599e-10, 2.0993876527123113e-10, -6.629833698653821e-11,
        2.0446699648792618e-11, -6.161190058988554e-12, 1.8148026658350408e-12, -5.227728298170806e-13, 1.4733431870898038e-13,
        -4.064284717662383e-14, 1.0978155599242468e-14, -2.9047550877664464e-15, 7.531625435028071e-16, -1.9143693482691445e-16,
        4.7717116668868264e-17, -1.166763370570006e-17,
    ];

    // W near its branch point in p = √(2(e x + 1)): Corless, Gonnet, Hare, Jeffrey and Knuth (1996), equation 4.22.
    private static ReadOnlySpan<double> LambertBranch =>
    [
        -1, 1, -1.0 / 3, 11.0 / 72, -43.0 / 540, 769.0 / 17280, -221.0 / 8505, 680863.0 / 43545600, -1963.0 / 204120,
        226287557.0 / 37623398400.0,
    ];

    // (E₁(x) + ln x + γ)/x on [0, 1] in 2x − 1, and x eˣ E₁(x) on [1, ∞) in (x − 3)/(x + 1).
    private static ReadOnlySpan<double> ExpIntegralSmall =>
    [
        1.7859653763326873, -0.101460888300299, 0.00530781119573653, -0.00023899597694710021, 9.290769396383831e-6, -3.1581738828230066e-7,
        9.510775521324008e-9, -2.566991224055996e-10, 6.27159499700903e-12, -1.3988053416635327e-13, 2.8688702680848184e-15,
        -5.4444045385000516e-17,
    ];

    private static ReadOnlySpan<double> ExpIntegralLarge =>
    [
        1.583893950774039, 0.19955958698765278, 0.005945682762763455, 0.0021878593379310684, 0.0002643286186418193, 7.421958610703217e-5,
        1.5445167133369087e-5, 4.28140544710851e-6, 1.1363409288534698e-6, 3.3545926037120126e-7, 1.0102210591698919e-7,
        3.202951607157742e-8, 1.0455580920311354e-8, 3.5287220842428583e-9, 1.2230194052512961e-9, 4.348471293210444e-10,
        1.5814986678383524e-10, 5.873966112465317e-11, 2.2241369433430664e-11, 8.573576079210042e-12, 3.3603251382247044e-12,
        1.3376526019777044e-12, 5.402817416812049e-13, 2.212235770147185e-13, 9.175585194388997e-14, 3.852281254074032e-14,
        1.6360755884327806e-14, 7.0248067081577554e-15, 3.047737191774047e-15, 1.3354224472102818e-15, 5.906917828314007e-16,
        2.636468837234207e-16, 1.1869592319210643e-16, 5.3882113266465096e-17, 2.465495947204562e-17, 1.1367891736174418e-17,
        5.280142052558106e-18,
    ];

    private static readonly GaussLegendreRule OwenRule = new(0, 1, 64);

    /// <summary>E₁(x) = ∫ₓ^∞ e^−t/t dt for x ≥ 0; +∞ at 0, NaN below.</summary>
    public static double ExpIntegralE1(double x)
    {
        if (!(x > 0))
        {
            return x == 0 ? double.PositiveInfinity : double.NaN;
        }

        return x > 1 ? Math.Exp(-x) * ExpIntegralE1Scaled(x) : x * Chebyshev(ExpIntegralSmall, 2 * x - 1) - EulerGamma - Math.Log(x);
    }

    /// <summary>eˣ·E₁(x) for x &gt; 0; ~ 1/x far out.</summary>
    public static double ExpIntegralE1Scaled(double x) =>
        x > 1 ? Chebyshev(ExpIntegralLarge, 1 - 4 / (x + 1)) / x : Math.Exp(x) * ExpIntegralE1(x);

    /// <summary>Dawson's integral, F(x) = e^(−x²) ∫₀ˣ e^(t²) dt; odd, ~ 1/(2x) far out.</summary>
    public static double Dawson(double x)
    {
        if (!(Math.Abs(x) < DawsonFar))
        {
            return DawsonAsymptote(0, x);
        }

        double square = x * x;
        if (square < 1)
        {
            // e^(−x²) Σ x^(2k+1)/(k! (2k + 1)): all terms of one sign.
            double sum = 1;
            double power = 1;
            for (int k = 1; power > 1e-17; k++)
            {
                power *= square / k;
                sum += power / (2 * k + 1);
            }

            return x * Math.Exp(-square) * sum;
        }

        return x * Chebyshev(DawsonNear, 2 / (DawsonFar * DawsonFar) * square - 1) / (1 + 2 * square);
    }

    /// <summary>The n-th derivative of Dawson's integral: F′ = 1 − 2xF, F⁽ⁿ⁺¹⁾ = −2xF⁽ⁿ⁾ − 2nF⁽ⁿ⁻¹⁾; ~ (−1)ⁿ n!/(2xⁿ⁺¹) far out.</summary>
    public static double DawsonDerivative(int n, double x)
    {
        if (n == 0)
        {
            return Dawson(x);
        }

        if (!(Math.Abs(x) < DawsonFar))
        {
            return DawsonAsymptote(n, x);
        }

        double previous = Dawson(x);
        double derivative = 1 - 2 * x * previous;
        for (int k = 1; k < n; k++)
        {
            (previous, derivative) = (derivative, -2 * (x * derivative + k * previous));
        }

        return derivative;
    }

    /// <summary>
    /// Owen's T(h, a) = 1/(2π) ∫₀ᵃ e^(−h²(1 + t²)/2)/(1 + t²) dt (Owen 1956): the probability of {X &gt; h, 0 &lt; Y &lt; aX} for
    /// independent standard normals. Gauss–Legendre for |a| ≤ 1, reflection beyond.
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

    /// <summary>The derivatives of Σ (2k − 1)!!/(2ᵏ⁺¹ x²ᵏ⁺¹), term by term (DLMF 7.12.1).</summary>
    private static double DawsonAsymptote(int n, double x)
    {
        double first = 0.5 / x;
        for (int k = 1; k <= n; k++)
        {
            first *= -k / x;
        }

        double square = x * x;
        double series = 1;
        double term = 1;
        for (int k = 0; k < 40 && term > 1e-18; k++)
        {
            term *= (2 * k + n + 1) * (2 * k + n + 2) / (4 * (k + 1) * square);
            series += term;
        }

        return first * series;
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

    /// <summary>The integral for 0 ≤ a ≤ 1, cut where the integrand has fallen below 1e-18 of its start; below the smallest number from h = 39 on.</summary>
    private static double OwenIntegral(double h, double a)
    {
        if (h > 39)
        {
            return 0;
        }

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
