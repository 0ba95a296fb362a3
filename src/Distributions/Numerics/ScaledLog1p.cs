using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// y = ln(1 + ξz)/ξ, which is z at ξ = 0: the inverse of <see cref="ScaledExpm1"/> and, of 1 + z, of the transformation of Box and Cox (1964).
/// ∂y/∂z = 1/(1 + ξz); ∂y/∂ξ = (z/(1 + ξz) − y)/ξ, near 0 by its series. A 1 + ξz that is 0 or less stands for the end of the range and counts as 2⁻⁵³.
/// </summary>
internal sealed class ScaledLog1p : SpecialOp
{
    private const double End = 1.1102230246251565e-16;

    public static ScaledLog1p Instance { get; } = new();

    public override double Map(double xi, double z, double c)
    {
        double x = Inside(xi * z);
        return Math.Abs(x) < 1e-17 ? z : double.IsInfinity(x) ? (Math.Log(xi) + Math.Log(z)) / xi : Special.Log1p(x) / xi;
    }

    public override double Slope(int index, double xi, double z, double c)
    {
        double x = Inside(xi * z);
        if (index == 1)
        {
            return 1 / (1 + x);
        }

        if (Math.Abs(x) >= 0.05)
        {
            return ((double.IsInfinity(x) ? 1 / xi : z / (1 + x)) - Map(xi, z, c)) / xi;
        }

        // z²·Σ (−1)^(m+1)·(m + 1)/(m + 2)·xᵐ.
        double sum = 0;
        for (int m = 13; m >= 0; m--)
        {
            sum = ((m + 1.0) / (m + 2)) - (x * sum);
        }

        return -(z * sum * z);
    }

    public override double Step(int index, double xi, double z, double c)
    {
        double room = 0.25 * (1 + Inside(xi * z));
        return index == 0 ? room / (0.1 + Math.Abs(z)) : Math.Min(room / Math.Abs(xi), 1 + Math.Abs(z));
    }

    protected override Tensor? Derivative(int index, Tensor[] inputs, Tensor output) =>
        index == 0 ? base.Derivative(index, inputs, output) : 1 / Tensor.Maximum(1 + (inputs[0] * inputs[1]), End);

    private static double Inside(double x) => x < End - 1 ? End - 1 : x;
}
