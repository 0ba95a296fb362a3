using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// h(ν, κ) = 1 − I_ν₊₁(κ)/I_ν(κ) for ν ≥ 0 and κ ≥ 0, without cancellation where it falls as (2ν + 1)/(2κ).
/// ∂h/∂κ = (2ν + 1)·(1 − h)/κ − h·(2 − h) (DLMF 10.29.2), of which all orders follow. ν is a constant.
/// </summary>
internal sealed class BesselGap : SpecialOp
{
    public static BesselGap Instance { get; } = new();

    public override double Map(double order, double kappa, double unused) =>
        double.IsNaN(kappa) ? kappa : double.IsPositiveInfinity(kappa) ? 0 : kappa > Math.Max(60, 2 * order * order) ? Far(order, kappa) : 1 - Ratio(order, kappa);

    public override double Step(int index, double a, double b, double c) => 1;

    protected override Tensor? Derivative(int index, Tensor[] inputs, Tensor output)
    {
        if (index == 0)
        {
            return null;
        }

        (Tensor order, Tensor kappa) = (inputs[0], inputs[1]);
        Tensor large = kappa > 1, share = Tensor.Where(large, (1 - output) / Tensor.Where(large, kappa, 1.0), LogBesselScaled.Ratio(order, kappa) / (2 * (order + 1)));
        return (((2 * order) + 1) * share) - (output * (2 - output));
    }

    // Gauss's continued fraction (DLMF 10.33.1), all of whose terms are positive, by Steed's method.
    private static double Ratio(double order, double kappa)
    {
        if (kappa == 0)
        {
            return 0;
        }

        double d = 1 / (2 * (order + 1) / kappa), delta = d, sum = d;
        for (double k = 2; Math.Abs(delta) > 1e-17 * sum; k++)
        {
            double b = 2 * (order + k) / kappa;
            d = 1 / (b + d);
            delta *= (b * d) - 1;
            sum += delta;
        }

        return sum;
    }

    // Hankel's expansions of both functions, term by term: the first terms are 1 and cancel exactly.
    private static double Far(double order, double kappa)
    {
        double mu = 4 * order * order, next = 4 * (order + 1) * (order + 1), term = 1, other = 1, sum = 1, difference = 0;
        for (double k = 1; Math.Abs(term) + Math.Abs(other) > 1e-18 && k < 2 * kappa; k++)
        {
            double odd = (2 * k) - 1;
            term *= -(mu - (odd * odd)) / (8 * k * kappa);
            other *= -(next - (odd * odd)) / (8 * k * kappa);
            sum += term;
            difference += term - other;
        }

        return difference / sum;
    }
}
