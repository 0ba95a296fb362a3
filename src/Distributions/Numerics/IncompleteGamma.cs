using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The distribution function of the Gamma distribution with rate 1: P(a, x), Q(a, x) = 1 − P or their logarithms.
/// ∂P/∂x is the density; ∂/∂a is the difference quotient of the logarithm of the smaller tail, which is smooth and does not cancel.
/// </summary>
internal sealed class IncompleteGamma : SpecialOp
{
    private readonly bool _upper, _log;

    private IncompleteGamma(bool upper, bool log)
    {
        _upper = upper;
        _log = log;
    }

    public static IncompleteGamma Lower { get; } = new(upper: false, log: false);

    public static IncompleteGamma Upper { get; } = new(upper: true, log: false);

    public static IncompleteGamma LogLower { get; } = new(upper: false, log: true);

    public static IncompleteGamma LogUpper { get; } = new(upper: true, log: true);

    public override string Name => $"IncompleteGamma({(_log ? "log " : "")}{(_upper ? "Q" : "P")})";

    public override double Map(double a, double x, double c) => _log
        ? _upper ? Special.LogGammaQ(a, x) : Special.LogGammaP(a, x)
        : _upper ? Special.GammaQ(a, x) : Special.GammaP(a, x);

    public override double Step(int index, double a, double x, double c) => index == 0 ? a / (1 + Math.Sqrt(a)) : x / (1 + Math.Sqrt(a));

    public override double Slope(int index, double a, double x, double c)
    {
        if (index != 0)
        {
            return base.Slope(index, a, x, c);
        }

        double upper = Special.GammaQ(a, x), lower = Special.GammaP(a, x);
        double h = 0.02 * Step(0, a, x, c);
        bool small = lower < upper;
        double relative = small
            ? Difference(t => Special.LogGammaP(a + t, x), h)
            : Difference(t => Special.LogGammaQ(a + t, x), h);
        relative = double.IsFinite(relative) ? relative : 0;

        // relative is d ln P/da or d ln Q/da; dQ = −dP turns one into the other.
        return small == !_upper
            ? _log ? relative : relative * (_upper ? upper : lower)
            : _log ? -relative * (small ? lower / upper : upper / lower) : -relative * (small ? lower : upper);
    }

    protected override Tensor? Derivative(int index, Tensor[] inputs, Tensor output)
    {
        if (index == 0)
        {
            return base.Derivative(index, inputs, output);
        }

        Tensor log = PoissonLogMass.Instance.Apply(inputs[0] - 1, inputs[1]);
        Tensor density = (_log ? log - Tensor.Where(output.IsFinite(), output, double.PositiveInfinity) : log).Exp();
        return _upper ? -density : density;
    }
}
