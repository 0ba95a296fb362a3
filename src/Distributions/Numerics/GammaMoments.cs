using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>Moments of powers of an exponential draw E: E[Eᵇ] = Γ(1 + b).</summary>
internal static class GammaMoments
{
    // Up to it the terms of the series fall as 0.2ᵏ.
    private const double Small = 0.1;

    // (−1)ᵏ·ζ(k)·(2ᵏ − 2)/k from k = 2 on.
    private static readonly double[] s_excess =
        [.. Enumerable.Range(2, 23).Select(k => (k % 2 == 0 ? 1 : -1) * Special.Zeta(k, 1) * (Math.ScaleB(1, k) - 2) / k)];

    /// <summary>Var[Eᵇ] = Γ(1 + 2b) − Γ(1 + b)² = Γ(1 + b)²·(exp(ln Γ(1 + 2b) − 2 ln Γ(1 + b)) − 1), for small b without cancellation.</summary>
    public static Tensor Variance(Tensor b)
    {
        Tensor logMean = (1 + b).LogGamma(), small = Gradient.Stop(b).Abs() < Small;
        Tensor excess = Tensor.Where(small, Series(Tensor.Where(small, b, 0.0)), (1 + (2 * b)).LogGamma() - (2 * logMean));
        return (2 * logMean).Exp() * excess.Expm1();
    }

    // ln Γ(1 + 2b) − 2 ln Γ(1 + b) from ln Γ(1 + b) = −γb + Σ ζ(k)·(−b)ᵏ/k (DLMF 5.7.3).
    private static Tensor Series(Tensor b)
    {
        Tensor sum = s_excess[^1];
        for (int i = s_excess.Length - 2; i >= 0; i--)
        {
            sum = s_excess[i] + (b * sum);
        }

        return b.Square() * sum;
    }
}
