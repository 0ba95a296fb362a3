using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// y = ln P(N₁ − N₂ = k) of two Poisson counts: the sum over j of P(N₁ = k + j)·P(N₂ = j), from its largest term outwards.
/// ∂y/∂λ₁ = P(k − 1)/P(k) − 1, ∂y/∂λ₂ = P(k + 1)/P(k) − 1. The arguments are λ₁, λ₂ and k.
/// </summary>
internal sealed class SkellamLogMass : SpecialOp
{
    public static SkellamLogMass Instance { get; } = new();

    public override double Map(double rate1, double rate2, double k)
    {
        if (double.IsNaN(rate1 + rate2 + k))
        {
            return double.NaN;
        }

        // The largest term has (k + j)·j = λ₁λ₂.
        double product = rate1 * rate2, root = Math.Sqrt((k * k) + (4 * product));
        double peak = Math.Max(Math.Floor(k > 0 ? 2 * product / (k + root) : 0.5 * (root - k)), Math.Max(0, -k));
        double up = 1, down = 1, sum = 1;
        for (double j = peak + 1; up > 1e-18 * sum; j++)
        {
            up *= rate1 / (k + j) * (rate2 / j);
            sum += up;
        }

        for (double j = peak; j > Math.Max(0, -k) && down > 1e-18 * sum; j--)
        {
            down *= (k + j) / rate1 * (j / rate2);
            sum += down;
        }

        return Special.PoissonLogMass(k + peak, rate1) + Special.PoissonLogMass(peak, rate2) + Math.Log(sum);
    }

    public override double Step(int index, double rate1, double rate2, double k) => index == 0 ? rate1 : rate2;

    protected override Tensor? Derivative(int index, Tensor[] inputs, Tensor output) => index == 2 ? null
        : (Apply(inputs[0], inputs[1], index == 0 ? inputs[2] - 1 : inputs[2] + 1) - output).Expm1();
}
