using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>y = (exp(ξh) − 1)/ξ, which is h at ξ = 0. ∂y/∂h = exp(ξh); ∂y/∂ξ = (h·exp(ξh) − y)/ξ, near 0 by its series.</summary>
internal sealed class ScaledExpm1 : SpecialOp
{
    public static ScaledExpm1 Instance { get; } = new();

    public override double Map(double xi, double h, double c)
    {
        double x = xi * h;
        return Math.Abs(x) < 1e-17 ? h : Special.Expm1(x) / xi;
    }

    public override double Slope(int index, double xi, double h, double c)
    {
        double x = xi * h;
        if (index == 1)
        {
            return Math.Exp(x);
        }

        if (Math.Abs(x) >= 0.1)
        {
            return x > 700 ? double.PositiveInfinity : ((h * Math.Exp(x)) - Map(xi, h, c)) / xi;
        }

        // h²·Σ (m + 1)/(m + 2)!·xᵐ, by Horner's rule in the ratios (m + 2)/((m + 1)·(m + 3)) of its terms.
        double sum = 1;
        for (int m = 10; m >= 0; m--)
        {
            sum = 1 + (x * (m + 2) / ((m + 1.0) * (m + 3)) * sum);
        }

        return 0.5 * h * sum * h;
    }

    public override double Step(int index, double xi, double h, double c) => 1 / (1 + Math.Abs(index == 0 ? h : xi));

    protected override Tensor? Derivative(int index, Tensor[] inputs, Tensor output) =>
        index == 0 ? base.Derivative(index, inputs, output) : (inputs[0] * inputs[1]).Exp();
}
