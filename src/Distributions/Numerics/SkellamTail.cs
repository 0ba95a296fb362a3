using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// P(N₁ − N₂ ≤ k) of two Poisson counts, its complement or their logarithms: the sum over j of P(N₂ = j)·P(N₁ ≤ k + j), whose terms are positive and have one
/// peak. ∂P(≤ k)/∂λ₁ = −P(= k), ∂P(≤ k)/∂λ₂ = P(= k + 1). The arguments are λ₁, λ₂ and k.
/// </summary>
internal sealed class SkellamTail(bool upper, bool log) : SpecialOp
{
    private const double Negligible = 42;

    public static SkellamTail Cdf { get; } = new(upper: false, log: false);

    public static SkellamTail LogCdf { get; } = new(upper: false, log: true);

    public static SkellamTail Survival { get; } = new(upper: true, log: false);

    public static SkellamTail LogSurvival { get; } = new(upper: true, log: true);

    public override double Map(double rate1, double rate2, double k)
    {
        if (double.IsNaN(rate1 + rate2 + k))
        {
            return double.NaN;
        }

        // The smaller side is summed.
        bool small = k > rate1 - rate2;
        double value = LogSum(small, rate1, rate2, k);
        return small == upper ? log ? value : Math.Exp(value) : log ? Special.Log1mExp(value) : -Special.Expm1(value);
    }

    public override double Step(int index, double rate1, double rate2, double k) => index == 0 ? rate1 : rate2;

    protected override Tensor? Derivative(int index, Tensor[] inputs, Tensor output)
    {
        if (index == 2)
        {
            return null;
        }

        Tensor slope = log ? Hazard(Mass, inputs, output) : Mass(inputs).Exp();
        return (index == 0) == upper ? slope : -slope;

        Tensor Mass(Tensor[] x) => SkellamLogMass.Instance.Apply(x[0], x[1], index == 0 ? x[2] : x[2] + 1);
    }

    private static double LogSum(bool upper, double rate1, double rate2, double k)
    {
        double first = Math.Max(0, upper ? 0 : -k), root = Math.Sqrt((k * k) + (4 * rate1 * rate2));
        double peak = Math.Max(first, Math.Floor(k > 0 ? 2 * rate1 * rate2 / (k + root) : 0.5 * (root - k))), top = Term(peak);
        for (int direction = -1; direction <= 1; direction += 2)
        {
            for (double next; peak + direction >= first && (next = Term(peak + direction)) > top; peak += direction)
            {
                top = next;
            }
        }

        double sum = 1, term;
        for (double j = peak + 1; (term = Term(j) - top) > -Negligible; j++)
        {
            sum += Math.Exp(term);
        }

        for (double j = peak - 1; j >= first && (term = Term(j) - top) > -Negligible; j--)
        {
            sum += Math.Exp(term);
        }

        return Math.Min(0, top + Math.Log(sum));

        double Term(double j) => Special.PoissonLogMass(j, rate2)
            + (k + j + 1 <= 0 ? (upper ? 0 : double.NegativeInfinity) : upper ? Special.LogGammaP(k + j + 1, rate1) : Special.LogGammaQ(k + j + 1, rate1));
    }
}
