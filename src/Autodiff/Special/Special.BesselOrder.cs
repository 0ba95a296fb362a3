namespace ProbNet.Autodiff;

/// <content>
/// Modified Bessel functions of the first kind of real order, by Debye's expansion, which is uniform in the argument (DLMF 10.41.3 and 10.41.9): with
/// R = √(ν² + x²), s = ν²/R² and t = 1/R,
/// I_ν(x) ~ e^(R − ν asinh(ν/x))/√(2πR) Σ Uₖ(s) tᵏ. It holds 1e-17 from ν = 20 or x = 30 on; below both the power series
/// (DLMF 10.25.2) is short, and its terms are positive for ν &gt; −1.
/// </content>
internal static partial class Special
{
    private const double DebyeOrder = 20;
    private const double DebyeRadius = 30;

    // Uₖ as polynomials in s, ascending: DLMF 10.41.9 with pᵏ taken out, in which all coefficients of one power have one sign.
    private static readonly double[][] s_debye = DebyePolynomials(16);

    /// <summary>
    /// e^−|x| I_ν(x). For negative x, ν must be an integer, else NaN; at x = 0 and negative ν that is no integer, ±∞. The order is real.
    /// </summary>
    public static double BesselIe(double nu, double x)
    {
        if (double.IsNaN(nu) || (x < 0 && nu != Math.Floor(nu)))
        {
            return double.NaN;
        }

        double y = Math.Abs(x);
        double order = nu < 0 && nu == Math.Floor(nu) ? -nu : nu;
        double value = order switch
        {
            0 => BesselI0e(y),
            1 => BesselI1e(y),
            < -1 => BesselIeBelow(order, y),
            _ => IsDebye(order, y) ? Math.Exp(DebyeLog(order, y, scaled: true)) : Math.Exp(-y) * BesselSeries(order, y),
        };
        return x < 0 && Math.Abs(nu % 2) == 1 ? -value : value;
    }

    /// <summary>log I_ν(|x|), finite where I_ν itself overflows or underflows; ν &gt; −1 or an integer, else NaN.</summary>
    public static double LogBesselI(double nu, double x)
    {
        double order = nu < 0 && nu == Math.Floor(nu) ? -nu : nu;
        double y = Math.Abs(x);
        if (order == 0 || !(order > -1))
        {
            return order == 0 ? LogBesselI0(x) : double.NaN;
        }

        if (IsDebye(order, y))
        {
            return DebyeLog(order, y, scaled: false);
        }

        double value = BesselSeries(order, y);
        return value > 1e-290 || y == 0 ? Math.Log(value) : order * Math.Log(0.5 * y) - LogGamma(order + 1);
    }

    /// <summary>I_(ν+1)(x)/I_ν(x) for ν &gt; −1; odd in x, ~ x/(2ν + 2) near 0, 1 at infinity.</summary>
    public static double BesselIRatio(double nu, double x)
    {
        double y = Math.Abs(x);
        if (!(nu > -1) || double.IsNaN(x))
        {
            return double.NaN;
        }

        if (double.IsInfinity(y))
        {
            return double.IsInfinity(nu) ? double.NaN : Math.Sign(x);
        }

        // Downwards from where the expansion holds: I_(ν−1) = I_(ν+1) + (2ν/x) I_ν, with positive terms only.
        int steps = IsDebye(nu, y) ? 0 : (int)Math.Ceiling(DebyeOrder - nu);
        double ratio = DebyeRatio(nu + steps, y);
        for (int k = steps; k > 0; k--)
        {
            ratio = 1 / (2 * (nu + k) / y + ratio);
        }

        return x < 0 ? -ratio : ratio;
    }

    private static bool IsDebye(double nu, double x) => Math.Abs(nu) >= DebyeOrder || x >= DebyeRadius;

    /// <summary>I_ν(x) = (x/2)^ν/Γ(ν + 1) Σ (x²/4)ᵏ/(k! (ν + 1) … (ν + k)).</summary>
    private static double BesselSeries(double nu, double x)
    {
        double quarter = 0.25 * x * x;
        double term = 1;
        double sum = 1;
        for (int k = 1; k <= -nu || Math.Abs(term) > 1e-18 * Math.Abs(sum); k++)
        {
            term *= quarter / (k * (nu + k));
            sum += term;
        }

        return Math.Pow(0.5 * x, nu) / Gamma(nu + 1) * sum;
    }

    /// <summary>log I_ν(x), or log(e^−x I_ν(x)).</summary>
    private static double DebyeLog(double nu, double x, bool scaled)
    {
        if (double.IsInfinity(x) || double.IsInfinity(nu))
        {
            return double.IsInfinity(x) && double.IsInfinity(nu) ? double.NaN
                : scaled || double.IsInfinity(nu) ? double.NegativeInfinity : double.PositiveInfinity;
        }

        if (x == 0)
        {
            return double.NegativeInfinity;
        }

        double radius = double.Hypot(nu, x);

        // R, or R − x without its cancellation.
        double distance = scaled ? nu / (radius + x) * nu : radius;
        return distance - nu * AsinhRatio(nu, x) - 0.5 * Math.Log(radius) - LogSqrtTwoPi + Math.Log(DebyeSum(nu, radius, 1, out _));
    }

    /// <summary>
    /// I_(ν+1)/I_ν = I_ν′/I_ν − ν/x: the logarithmic derivative of the expansion, with ν/x cancelled on paper.
    /// </summary>
    private static double DebyeRatio(double nu, double x)
    {
        double radius = double.Hypot(nu, x);
        double sum = DebyeSum(nu, radius, 1, out double slope);
        return x / (radius + nu) - x / radius * (slope / (sum * radius));
    }

    /// <summary>Σ Uₖ(s) (sign·t)ᵏ, and Σ ((k + ½) Uₖ(s) + 2s Uₖ′(s)) tᵏ.</summary>
    private static double DebyeSum(double nu, double radius, double sign, out double slope)
    {
        double root = nu / radius;
        double s = root * root;
        double t = sign / radius;
        double power = 1;
        double sum = 0;
        slope = 0;
        for (int k = 0; k < s_debye.Length && Math.Abs(power) > 1e-30; k++)
        {
            double[] coefficients = s_debye[k];
            double value = 0;
            double derivative = 0;
            for (int j = k; j >= 0; j--)
            {
                derivative = Math.FusedMultiplyAdd(derivative, s, value);
                value = Math.FusedMultiplyAdd(value, s, coefficients[j]);
            }

            sum += power * value;
            slope += power * ((k + 0.5) * value + 2 * s * derivative);
            power *= t;
        }

        return sum;
    }

    /// <summary>
    /// e^−x I_ν(x) for ν &lt; −1 that is no integer: I_−ν + (2/π) sin(−νπ) K_−ν (DLMF 10.27.2) with Debye's expansion of K, or the power series.
    /// </summary>
    private static double BesselIeBelow(double nu, double x)
    {
        double above = -nu;
        if (!IsDebye(nu, x))
        {
            return x == 0 ? double.SinPi(above) * double.PositiveInfinity : Math.Exp(-x) * BesselSeries(nu, x);
        }

        double radius = double.Hypot(nu, x);
        double exponent = above * AsinhRatio(above, x) - above / (radius + x) * above - 2 * x;
        double scale = Math.Sqrt(0.5 * Math.PI / radius) * DebyeSum(above, radius, -1, out _);
        return BesselIe(above, x) + 2 / Math.PI * double.SinPi(above) * scale * Math.Exp(exponent);
    }

    /// <summary>asinh(ν/x), where the quotient may overflow.</summary>
    private static double AsinhRatio(double nu, double x)
    {
        double ratio = nu / x;
        return ratio < 1e8 ? Math.Asinh(ratio) : LogTwo + Math.Log(nu) - Math.Log(x);
    }

    private static double[][] DebyePolynomials(int count)
    {
        double[][] rows = new double[count][];
        rows[0] = [1];
        for (int k = 1; k < count; k++)
        {
            rows[k] = new double[k + 1];
            for (int j = 0; j < k; j++)
            {
                int degree = k - 1 + 2 * j;
                rows[k][j] += rows[k - 1][j] * (0.5 * degree + 0.125 / (degree + 1));
                rows[k][j + 1] -= rows[k - 1][j] * (0.5 * degree + 0.625 / (degree + 3));
            }
        }

        return rows;
    }
}
