using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The distribution function of the Beta distribution: I_x(a, b), its complement or their logarithms. ∂I/∂x is the density.
/// </summary>
internal sealed class IncompleteBeta : SpecialOp
{
    private readonly bool _upper, _log;

    private IncompleteBeta(bool upper, bool log)
    {
        _upper = upper;
        _log = log;
    }

    public static IncompleteBeta Lower { get; } = new(upper: false, log: false);

    public static IncompleteBeta Upper { get; } = new(upper: true, log: false);

    public static IncompleteBeta LogLower { get; } = new(upper: false, log: true);

    public static IncompleteBeta LogUpper { get; } = new(upper: true, log: true);

    public override string Name => $"IncompleteBeta({(_log ? "log " : "")}{(_upper ? "complement" : "I")})";

    public override double Map(double a, double b, double x) => _log
        ? _upper ? Special.LogBetaRegularizedComplement(a, b, x) : Special.LogBetaRegularized(a, b, x)
        : _upper ? Special.BetaRegularizedComplement(a, b, x) : Special.BetaRegularized(a, b, x);

    public override double Step(int index, double a, double b, double x) => index switch
    {
        0 => a / (1 + Math.Sqrt(a)),
        1 => b / (1 + Math.Sqrt(b)),
        _ => x * (1 - x) / (1 + Math.Sqrt(a + b)),
    };

    public override double Slope(int index, double a, double b, double x)
    {
        if (index == 2)
        {
            return base.Slope(index, a, b, x);
        }

        (double byA, double byB) = Special.BetaRegularizedDerivatives(a, b, x, 1 - x);
        double slope = index == 0 ? byA : byB;
        if (!_log)
        {
            return _upper ? -slope : slope;
        }

        double value = _upper ? Special.BetaRegularizedComplement(a, b, x) : Special.BetaRegularized(a, b, x);
        return value > 1e-290 ? (_upper ? -slope : slope) / value : base.Slope(index, a, b, x);
    }

    protected override Tensor? Derivative(int index, Tensor[] inputs, Tensor output)
    {
        if (index != 2)
        {
            return base.Derivative(index, inputs, output);
        }

        Tensor density = _log ? Hazard(x => BetaLogDensity.Instance.Apply(x), inputs, output) : BetaLogDensity.Instance.Apply(inputs).Exp();
        return _upper ? -density : density;
    }
}
