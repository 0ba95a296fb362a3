using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// y = ∫ F(s) ds up to z for the distribution function F(s) = exp(−h(s)) of the generalised extreme value distribution, h(s) = (1 + ξs)^(−1/ξ): the incomplete
/// gamma function Γ(−ξ, h(z)), which is E₁(e⁻ᶻ) at ξ = 0, for ξ well inside (−1, 1). By Legendre's continued fraction for h ≥ 1, by the power series of Γ(−ξ, h) in
/// h below, of which no term cancels. ∂y/∂z = F(z).
/// </summary>
internal sealed class ExtremeValueIntegral : SpecialOp
{
    public static ExtremeValueIntegral Instance { get; } = new();

    public override double Map(double xi, double z, double c)
    {
        double u = ScaledLog1p.Instance.Map(xi, z, z);
        return u <= 0 ? Fraction(xi, u).Value : z + Fraction(xi, 0).Value - Series(xi, 0).Value + Series(xi, u).Value;
    }

    public override double Slope(int index, double xi, double z, double c)
    {
        double u = ScaledLog1p.Instance.Map(xi, z, z), h = Math.Exp(-u);
        if (index == 1)
        {
            return Math.Exp(-h);
        }

        // At a fixed h, and through h where that matters.
        double still = u <= 0 ? Fraction(xi, u).ByXi : Fraction(xi, 0).ByXi - Series(xi, 0).ByXi + Series(xi, u).ByXi;
        double weight = Math.Exp(xi * u) * (u <= 0 ? Math.Exp(-h) : Special.Expm1(-h));
        return weight == 0 ? still : still + (weight * ScaledLog1p.Instance.Slope(0, xi, z, z));
    }

    public override double Step(int index, double xi, double z, double c) => index == 0 ? 0.2 / (1 + (z * z)) : 1 / (1 + Math.Exp(Math.Min(-z, 700)));

    protected override Tensor? Derivative(int index, Tensor[] inputs, Tensor output) =>
        index == 0 ? base.Derivative(index, inputs, output) : (-(-ScaledLog1p.Instance.Apply(inputs)).Exp()).Exp();

    // Γ(−ξ, h) with h = exp(−u) from 1 on, and its derivative in ξ at a fixed h.
    private static (double Value, double ByXi) Fraction(double xi, double u)
    {
        double h = Math.Exp(-u), scale = Math.Exp((xi * u) - h);
        if (scale == 0)
        {
            return (0, 0);
        }

        double fraction = Special.GammaFractionDerivative(-xi, h, out double slope);
        return (scale * fraction, scale * ((u * fraction) - slope));
    }

    // Σ (−1)^(k+1)·h^(k − ξ)/(k!·(k − ξ)) over k ≥ 1 for h = exp(−u) up to 1, and its derivative in ξ at a fixed h.
    private static (double Value, double ByXi) Series(double xi, double u)
    {
        double h = Math.Exp(-u), power = -Math.Exp(xi * u), sum = 0, slope = 0;
        for (int k = 1; k <= 20; k++)
        {
            power *= -h / k;
            double term = power / (k - xi);
            sum += term;
            slope += term * (u + (1 / (k - xi)));
        }

        return (sum, slope);
    }
}
