using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// ln(1 + p·(e^η − 1))/η, the quantile of the continuous Bernoulli distribution. A value only: <see cref="ImplicitGradient"/> differentiates.
/// </summary>
internal sealed class ContinuousBernoulliQuantile : SpecialOp
{
    public static ContinuousBernoulliQuantile Instance { get; } = new();

    public override bool IsDifferentiable => false;

    public override double Map(double logit, double p, double c)
    {
        if (!(p >= 0 && p <= 1))
        {
            return double.NaN;
        }

        // Near η = 0 by the series p + p(1 − p)η/2; where e^η overflows by ln p + η.
        double x = Math.Abs(logit) < 1e-9 ? p + (0.5 * p * (1 - p) * logit)
            : logit < 600 ? Special.Log1p(p * Special.Expm1(logit)) / logit
            : p == 0 ? 0 : Math.Log(p) + logit > 40 ? 1 + (Math.Log(p) / logit) : Special.Log1p(Math.Exp(Math.Log(p) + logit)) / logit;
        return Math.Clamp(x, 0, 1);
    }

    public override double Step(int index, double logit, double p, double c) => 0;
}
