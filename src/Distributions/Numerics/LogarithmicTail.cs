using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The distribution function of the logarithmic distribution. With L = −ln(1 − p), P(K &gt; k) = 1/L Σ pʲ/j from j = k + 1 on; P(K ≤ k) for small k
/// is the sum up to it. ∂P(K ≤ k)/∂p = (pᵏ − P(K &gt; k))/(−L·(1 − p)). The arguments are p and k.
/// </summary>
internal sealed class LogarithmicTail(bool upper, bool log) : SpecialOp
{
    // Up to Start and down to Slow the terms of the expansion fall to 1e-16.
    private const double Terms = 40, Start = 20, Slow = 0.4;

    // B₂, B₄, ….
    private static readonly double[] s_bernoulli = [1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6, -3617.0 / 510];

    public static LogarithmicTail Cdf { get; } = new(upper: false, log: false);

    public static LogarithmicTail LogCdf { get; } = new(upper: false, log: true);

    public static LogarithmicTail Survival { get; } = new(upper: true, log: false);

    public static LogarithmicTail LogSurvival { get; } = new(upper: true, log: true);

    public override double Map(double p, double k, double c)
    {
        if (double.IsNaN(p + k))
        {
            return double.NaN;
        }

        double norm = -Special.Log1p(-p), above = LogAbove(p, k, norm);
        if (upper)
        {
            return log ? above : Math.Exp(above);
        }

        if (k > Terms)
        {
            return log ? Special.Log1mExp(above) : -Special.Expm1(above);
        }

        double sum = 0;
        for (double j = k; j >= 1; j--)
        {
            sum += Math.Pow(p, j) / j;
        }

        return log ? Math.Log(sum / norm) : sum / norm;
    }

    public override double Step(int index, double p, double k, double c) => 0.25 * p * (1 - p);

    protected override Tensor? Derivative(int index, Tensor[] inputs, Tensor output)
    {
        if (index != 0)
        {
            return null;
        }

        (Tensor p, Tensor k) = (inputs[0], inputs[1]);
        if (log && upper)
        {
            // Logarithms of millions differ by what they differ in double precision only.
            (Tensor x, Tensor n) = (p.Cast(DType.Float64), k.Cast(DType.Float64));
            return (((LogSurvival.Apply(x, n) - (n * x.Log())).Exp().Reciprocal() - 1) / ((x - 1) * (-x).Log1p())).Cast(p.DType);
        }

        Tensor survival = Survival.Apply(p, k);
        Tensor slope = ((k * p.Log()).Exp() - survival) / ((1 - p) * (-p).Log1p());
        slope = upper ? -slope : slope;
        return log ? slope / Tensor.Where(output.IsInfinite(), double.PositiveInfinity, output.Exp()) : slope;
    }

    // Σ pʲ/j from j = k + 1 on: the first terms, and the others by Euler and Maclaurin (DLMF 2.10.1) or, where p is not near 1, one by one.
    private static double LogAbove(double p, double k, double norm)
    {
        double first = k + 1, decay = p > 0.5 ? -Special.Log1p(-(1 - p)) : -Math.Log(p), start = decay > Slow ? double.PositiveInfinity : Math.Max(first, Start);
        double power = 1, sum = 0;
        for (double n = first; n < start && power > 1e-18 * sum * n; n++)
        {
            sum += power / n;
            power *= p;
        }

        return double.IsInfinity(start) ? Math.Log(sum / norm) - (first * decay) : Math.Log((sum + (power * FromStart(start, decay))) / norm) - (first * decay);
    }

    // Σ e^(−λ(j − n))/j from j = n on: with f(x) = e^(−λ(x − n))/x, ∫f + f(n)/2 − Σ B₂ₘ/(2m)!·f^(2m−1)(n), where −f^(i)(n) = i!/n^(i+1)·Σ_{l≤i} (λn)^l/l! for odd i.
    private static double FromStart(double n, double decay)
    {
        double x = decay * n, sum = Special.ExpIntegralE1Scaled(x) + (0.5 / n), term = 1 / n / n, series = term;
        for (int m = 1; m <= s_bernoulli.Length; m++)
        {
            // i = 2m − 1; the terms are divided by n²ᵐ.
            int i = (2 * m) - 1;
            if (m > 1)
            {
                term *= decay / n / (i - 1);
                series = (series / n / n) + term;
            }

            term *= m > 1 ? x / i : x;
            series += term;
            sum += s_bernoulli[m - 1] / (2 * m) * series;
        }

        return sum;
    }
}
