using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// y = ln φ(z) − ln(Φ(b) − Φ(a)), in one function of doubles since both terms are large far out. ∂y/∂a = φ(a)/(Φ(b) − Φ(a)), ∂y/∂b likewise with −,
/// ∂y/∂z = −z. The arguments are a, b and z.
/// </summary>
internal sealed class TruncatedNormalLogDensity : SpecialOp
{
    public static TruncatedNormalLogDensity Instance { get; } = new();

    public override double Map(double a, double b, double z) => Relative(a, b, z);

    // Bounds that rounding has made equal have no derivatives.
    public override double Slope(int index, double a, double b, double z) =>
        index == 2 ? -z : a >= b ? 0 : index == 0 ? Math.Exp(Relative(a, b, a)) : -Math.Exp(Relative(a, b, b));

    public override double Step(int index, double a, double b, double z) => index == 2 ? 1 : Math.Min(1 / (1 + Math.Abs(index == 0 ? a : b)), 0.25 * (b - a));

    private static double Relative(double a, double b, double z) =>
        (-0.5 * z * z) - Constants.HalfLogTwoPi - NormalLogMass.Instance.Map(a, b, b);
}
