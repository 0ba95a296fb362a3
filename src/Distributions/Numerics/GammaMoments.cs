using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>Moments of powers of an exponential draw E: E[Eᵇ] = Γ(1 + b).</summary>
internal static class GammaMoments
{
    /// <summary>Var[Eᵇ] = Γ(1 + 2b) − Γ(1 + b)², for small b without cancellation.</summary>
    public static Tensor Variance(Tensor b)
    {
        Tensor logMean = (1 + b).LogGamma();
        return (2 * logMean).Exp() * ((1 + (2 * b)).LogGamma() - (2 * logMean)).Expm1();
    }
}
