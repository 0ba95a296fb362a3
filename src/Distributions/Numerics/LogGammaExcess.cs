using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// y = ln Γ(z) − ln Γ(x) − (z − x)·ψ(x), never negative, for positive x and z, to an error that scales with y. The arguments are x, d = z − x and z: a sum that is
/// rounded would lose the digits of a small d. The derivatives are those of a function of x and z: ∂y/∂z = ψ(z) − ψ(x), ∂y/∂x = −d·ψ′(x).
/// </summary>
internal sealed class LogGammaExcess : SpecialOp
{
    private const double SeriesFrom = 10;

    // B₂ₖ/(2k(2k − 1)).
    private static readonly double[] s_series = [1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156];

    public static LogGammaExcess Instance { get; } = new();

    public override double Map(double x, double d, double z)
    {
        if (d == 0)
        {
            return 0;
        }

        // From x to x + 1 it changes by ln(x/z) + d/x, a term of the same sign as all others.
        double sum = 0;
        while (Math.Min(x, z) < SeriesFrom)
        {
            sum += Excess(d / x, z / x);
            x++;
            z++;
        }

        // Stirling's series: z·(t − ln(1 + t)) with t = −d/z, ½·(d/x − ln(z/x)) and, of each term c·(z⁻ᵐ − x⁻ᵐ + m·d·x⁻ᵐ⁻¹), c·d²u²v·Σ (p + 1)·uᵖ·v^(m−1−p) over
        // p from 0 to m − 1, with u = 1/x and v = 1/z.
        double u = 1 / x, v = 1 / z, weights = 1, power = 1, series = 0;
        for (int i = 0; i < s_series.Length; i++)
        {
            series += s_series[i] * weights;
            for (int n = (2 * i) + 1; n < (2 * i) + 3; n++)
            {
                power *= u;
                weights = (v * weights) + ((n + 1) * power);
            }
        }

        double relative = d * u;
        return sum + (z * Excess(-d / z, x / z)) + (0.5 * Excess(relative, z / x)) + (relative * (relative * v) * series);
    }

    public override double Step(int index, double a, double b, double c) => index == 0 ? a : c;

    protected override Tensor? Derivative(int index, Tensor[] inputs, Tensor output)
    {
        (Tensor x, Tensor d, Tensor z) = (inputs[0], inputs[1], inputs[2]);
        if (index < 2)
        {
            return index == 0 ? -d * x.Trigamma() : null;
        }

        Tensor up = d >= 0, size = Tensor.Where(up, d, -d), gap = DigammaGap.Instance.Apply(Tensor.Where(up, x, z), size);
        return Tensor.Where(up, gap, -gap);
    }

    // t − ln(1 + t), from 1 + t as well, which t has lost near −1.
    private static double Excess(double t, double onePlus) => t < -0.5 ? t - Math.Log(onePlus) : Special.XMinusLog1p(t);
}
