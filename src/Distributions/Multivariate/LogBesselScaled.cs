using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// g(ν, κ) = ln(Γ(ν + 1)·(κ/2)^−ν·I_ν(κ)) − κ for ν ≥ −½ and κ ≥ 0: the modified Bessel function without its power at 0 and its exponential at ∞.
/// ∂g/∂κ = κ/(2(ν + 1))·exp(g(ν + 1, κ) − g(ν, κ)) − 1, of which all orders follow. ν is a constant.
/// </summary>
internal sealed class LogBesselScaled : SpecialOp
{
    public static LogBesselScaled Instance { get; } = new();

    /// <summary>I_ν₊₁(κ)/I_ν(κ)·(2(ν + 1)/κ): 1 at κ = 0.</summary>
    public static Tensor Ratio(Tensor order, Tensor kappa) => (Instance.Apply(order + 1, kappa) - Instance.Apply(order, kappa)).Exp();

    public override double Map(double order, double kappa, double unused)
    {
        if (double.IsNaN(kappa))
        {
            return kappa;
        }

        return kappa > Math.Max(60, 2 * order * order) ? Far(order, kappa) : Series(order, kappa);
    }

    public override double Step(int index, double a, double b, double c) => 1;

    protected override Tensor? Derivative(int index, Tensor[] inputs, Tensor output) => index == 0
        ? null
        : (inputs[1] / (2 * (inputs[0] + 1)) * (Instance.Apply(inputs[0] + 1, inputs[1]) - output).Exp()) - 1;

    // Σ (κ²/4)ᵏ/(k!·(ν + 1)ₖ), all terms positive, rescaled before it overflows.
    private static double Series(double order, double kappa)
    {
        double x = 0.25 * kappa * kappa, term = 1, sum = 1, log = 0;
        for (double k = 1; term > 1e-18 * sum; k++)
        {
            term *= x / (k * (order + k));
            sum += term;
            if (sum > 1e280)
            {
                term *= 1e-280;
                sum *= 1e-280;
                log += 280 * Math.Log(10);
            }
        }

        return Math.Log(sum) + log - kappa;
    }

    // Hankel's expansion, e^κ/√(2πκ)·Σ (−1)ᵏ·aₖ(ν)/κᵏ, whose terms fall until k is near 2κ.
    private static double Far(double order, double kappa)
    {
        double mu = 4 * order * order, term = 1, sum = 1;
        for (double k = 1; Math.Abs(term) > 1e-18 && k < 2 * kappa; k++)
        {
            double odd = (2 * k) - 1;
            term *= -(mu - (odd * odd)) / (8 * k * kappa);
            sum += term;
        }

        return Special.LogGamma(order + 1) - (order * Math.Log(0.5 * kappa)) - (0.5 * Math.Log(2 * Math.PI * kappa)) + Math.Log(sum);
    }
}
