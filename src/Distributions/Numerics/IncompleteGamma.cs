using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The distribution function of the Gamma distribution with rate 1: P(a, x), Q(a, x) = 1 − P or their logarithms.
/// ∂P/∂x is the density.
/// </summary>
internal sealed class IncompleteGamma : SpecialOp
{
    // Where the rounding of logarithms of this size and what the leading term leaves out are alike, 1e-8.
    private const double Far = 1e8;

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

        double slope = Special.GammaPShapeDerivative(a, x);
        if (!_log)
        {
            return _upper ? -slope : slope;
        }

        double value = _upper ? Special.GammaQ(a, x) : Special.GammaP(a, x);
        return value > 1e-290 ? (_upper ? -slope : slope) / value : base.Slope(0, a, x, c);
    }

    protected override Tensor? Derivative(int index, Tensor[] inputs, Tensor output)
    {
        if (index == 0)
        {
            return base.Derivative(index, inputs, output);
        }

        Tensor density = _log ? LogSlope(inputs, output) : GammaLogDensity.Instance.Apply(inputs[0], inputs[1]).Exp();
        return _upper ? -density : density;
    }

    // Far out the two logarithms are too large for their difference: there the tails are the density times x/(x − a + 1), and x/(a − x) (DLMF 8.11.6, 8.11.7).
    private Tensor LogSlope(Tensor[] inputs, Tensor output)
    {
        Tensor tail = WideTail(inputs, output), far = (tail < -Far) & tail.IsFinite();
        Tensor slope = Hazard(x => GammaLogDensity.Instance.Apply(x[0], x[1]), inputs, output, tail);
        if (!far.IsSymbolic && !(bool)far.Any())
        {
            return slope;
        }

        Tensor a = Tensor.Where(far, inputs[0], 1.0), x = Tensor.Where(far, inputs[1], 1.0);
        return Tensor.Where(far, _upper ? (x - a + 1) / x : (a - x) / x, slope);
    }
}
