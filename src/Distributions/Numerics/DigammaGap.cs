using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// y = ψ(x + a) − ψ(x) for x, a &gt; 0, without the cancellation of the two: with ψ's asymptotic series from x = 10 on (DLMF 5.11.2), to which the recurrence leads.
/// ∂y/∂a = ψ′(x + a), ∂y/∂x = ψ′(x + a) − ψ′(x).
/// </summary>
internal sealed class DigammaGap : ScalarBinaryOp
{
    private const double SeriesFrom = 10;

    // B₂ₖ/(2k).
    private static readonly double[] s_series = [1.0 / 12, -1.0 / 120, 1.0 / 252, -1.0 / 240, 1.0 / 132, -691.0 / 32760, 1.0 / 12];

    public static DigammaGap Instance { get; } = new();

    protected override double Map(double x, double a)
    {
        double sum = 0;
        while (x < SeriesFrom)
        {
            sum += a / x / (x + a);
            x++;
        }

        // u^k − v^k = (u − v)·Σ uⁱvʲ over i + j = k − 1, with u = 1/x² and v = 1/(x + a)².
        double end = x + a, ratio = a / x, u = 1 / (x * x), v = 1 / (end * end), apart = ratio / end * ((x + end) / end) / x, powers = 1, power = 1, series = 0;
        foreach (double coefficient in s_series)
        {
            series += coefficient * powers;
            power *= v;
            powers = (u * powers) + power;
        }

        return sum + Special.Log1p(ratio) + (0.5 * ratio / end) + (apart * series);
    }

    protected override Tensor? VjpLeft(Tensor x, Tensor a, Tensor y, Tensor dy) => dy * ((x + a).Trigamma() - x.Trigamma());

    protected override Tensor? VjpRight(Tensor x, Tensor a, Tensor y, Tensor dy) => dy * (x + a).Trigamma();
}
