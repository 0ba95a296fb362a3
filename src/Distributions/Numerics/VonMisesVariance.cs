using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The circular variance 1 − I₁(κ)/I₀(κ), which cancels for large κ. There κ times it is y = Σ cₙ·κ⁻ⁿ with c₀ = ½ and, from y′ = 1 − 2y + y²/κ,
/// 2cₙ = (n − 1)·cₙ₋₁ + Σ cᵢ·cₙ₋₁₋ᵢ.
/// </summary>
internal static class VonMisesVariance
{
    // From it on the first terms of the series, which does not converge, leave less than 1e-15.
    private const double SeriesFrom = 50;

    private static readonly double[] s_series = Coefficients(14);

    public static Tensor Of(Tensor concentration)
    {
        Tensor large = Gradient.Stop(concentration) > SeriesFrom, near = Tensor.Where(large, SeriesFrom, concentration);
        Tensor u = 1 / Tensor.Where(large, concentration, SeriesFrom), sum = s_series[^1];
        for (int n = s_series.Length - 2; n >= 0; n--)
        {
            sum = s_series[n] + (u * sum);
        }

        return Tensor.Where(large, u * sum, (near.BesselI0e() - near.BesselI1e()) / near.BesselI0e());
    }

    private static double[] Coefficients(int count)
    {
        double[] c = new double[count];
        c[0] = 0.5;
        for (int n = 1; n < count; n++)
        {
            double products = 0;
            for (int i = 0; i < n; i++)
            {
                products += c[i] * c[n - 1 - i];
            }

            c[n] = 0.5 * (((n - 1) * c[n - 1]) + products);
        }

        return c;
    }
}
