using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The entropy of a Gamma distribution of rate 1: a + ln Γ(a) + (1 − a)·ψ(a), where for large a the series of Stirling and of ψ (DLMF 5.11) leave
/// ½·ln(2πa) + δ + (a − 1)·(1/(2a) + ε) with what they have beside their logarithms.
/// </summary>
internal static class GammaEntropy
{
    private const double SeriesFrom = 50;

    public static Tensor Of(Tensor concentration)
    {
        Tensor large = concentration > SeriesFrom, a = Tensor.Where(large, SeriesFrom, concentration), b = Tensor.Where(large, concentration, SeriesFrom);
        Tensor direct = a + a.LogGamma() + ((1 - a) * a.Digamma()), u = 1 / b, v = u.Square();
        Tensor delta = u * ((1.0 / 12) + (v * ((-1.0 / 360) + (v * ((1.0 / 1260) - (v / 1680))))));
        Tensor epsilon = v * ((1.0 / 12) + (v * ((-1.0 / 120) + (v * ((1.0 / 252) - (v / 240))))));
        return Tensor.Where(large, (0.5 * b.Log()) + Constants.HalfLogTwoPi + delta + ((b - 1) * ((0.5 * u) + epsilon)), direct);
    }
}
