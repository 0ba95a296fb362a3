using MathNet.Numerics.Integration;
using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// y = ln(Φ(b) − Φ(a)) for a &lt; b, in either tail and for bounds that are close; −∞ where a = b. ∂y/∂a = −φ(a)/(Φ(b) − Φ(a)), ∂y/∂b likewise with +.
/// </summary>
internal sealed class NormalLogMass : SpecialOp
{
    private const int Order = 20;

    private static readonly GaussLegendreRule Rule = new(0, 1, Order);

    public static NormalLogMass Instance { get; } = new();

    public override double Map(double a, double b, double c)
    {
        if (!(a < b))
        {
            return a >= b ? double.NegativeInfinity : double.NaN;
        }

        // Mirrored so that most of the interval is below 0.
        if (a + b > 0)
        {
            (a, b) = (-b, -a);
        }

        double width = b - a;
        if (width * (1 + Math.Abs(b)) < 1)
        {
            double sum = 0;
            for (int i = 0; i < Order; i++)
            {
                double s = width * Rule.GetAbscissa(i);
                sum += Rule.GetWeight(i) * Math.Exp(s * (b - (0.5 * s)));
            }

            return Math.Log(width * sum) - (0.5 * b * b) - Constants.HalfLogTwoPi;
        }

        if (b <= 0)
        {
            double log = Special.NormalLogCdf(b);
            return log + Special.Log1mExp(Special.NormalLogCdf(a) - log);
        }

        double outside = Special.NormalCdf(a) + Special.NormalCdf(-b);
        return outside < 0.5 ? Special.Log1p(-outside) : Math.Log(0.5 * (Special.Erf(b * Constants.SqrtHalf) - Special.Erf(a * Constants.SqrtHalf)));
    }

    public override double Step(int index, double a, double b, double c) => Math.Min(1, b - a);

    protected override Tensor? Derivative(int index, Tensor[] inputs, Tensor output)
    {
        Tensor finite = output.IsInfinite();
        Tensor density = ((-0.5 * inputs[index].Square()) - Constants.HalfLogTwoPi - Tensor.Where(finite, double.PositiveInfinity, output)).Exp();
        return index == 0 ? -density : density;
    }
}
