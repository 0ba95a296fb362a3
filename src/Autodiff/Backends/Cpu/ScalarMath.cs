namespace ProbNet.Autodiff;

/// <summary>Scalar functions that <see cref="Math"/> does not have.</summary>
internal static class ScalarMath
{
    /// <summary>eˣ − 1 without cancellation: u = eˣ; (u − 1)·x / log u (Kahan; Higham, Accuracy and Stability, 2002, section 1.14.1).</summary>
    public static double Expm1(double x)
    {
        if (Math.Abs(x) >= 1 || double.IsNaN(x))
        {
            return Math.Exp(x) - 1;
        }

        double u = Math.Exp(x);
        return u == 1 ? x : (u - 1) * x / Math.Log(u);
    }

    /// <summary>log(1 + x) without cancellation (Kahan).</summary>
    public static double Log1p(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : double.IsInfinity(u) || u <= 0 ? Math.Log(u) : Math.Log(u) * x / (u - 1);
    }

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public static double Sigmoid(double x) => x >= 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));

    /// <summary>log(1 + eˣ).</summary>
    public static double Softplus(double x) => Math.Max(x, 0) + Log1p(Math.Exp(-Math.Abs(x)));
}
