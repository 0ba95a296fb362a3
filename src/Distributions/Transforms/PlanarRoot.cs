using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The a with a + m·tanh a = c, for m &gt; −1. It lies between c − |m| and c + |m|. ∂a/∂c = 1/(1 + m·(1 − tanh²a)), ∂a/∂m = −tanh a·∂a/∂c.
/// </summary>
internal sealed class PlanarRoot : SpecialOp
{
    private const int MaxIterations = 200;

    public static PlanarRoot Instance { get; } = new();

    public override double Map(double m, double c, double unused)
    {
        if (!double.IsFinite(c) || !double.IsFinite(m))
        {
            return c + (0 * m);
        }

        // a and c have the same sign, and the function is odd: c ≥ 0 is enough.
        double target = Math.Abs(c), low = Math.Max(0, target - Math.Max(m, 0)), high = target + Math.Max(-m, 0), a = m > 0 ? target / (1 + m) : target;
        a = Math.Clamp(a, low, high);
        for (int i = 0; i < MaxIterations && high > low; i++)
        {
            double t = Math.Tanh(a), excess = a + (m * t) - target;
            (low, high) = excess < 0 ? (a, high) : (low, a);
            double next = a - (excess / (1 + (m * (1 - (t * t)))));
            next = next > low && next < high ? next : 0.5 * (low + high);
            if (excess == 0 || Math.Abs(next - a) <= 1e-17 * target)
            {
                break;
            }

            a = next;
        }

        return Math.CopySign(a, c);
    }

    public override double Step(int index, double m, double c, double unused) => 1;

    // In terms of the output, which moves with the arguments itself, so that second derivatives are complete.
    protected override Tensor? Derivative(int index, Tensor[] inputs, Tensor output)
    {
        Tensor t = output.Tanh(), square = TanhTransform.LogSlope(output).Exp();
        Tensor slope = (t.Square() + ((1 + inputs[0]) * square)).Reciprocal();
        return index == 0 ? -t * slope : slope;
    }
}
