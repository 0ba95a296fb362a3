using MathNet.Numerics.Integration;
using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The distribution function of the von Mises distribution around 0, by Gauss–Legendre quadrature from the point outwards as far as the density matters.
/// The arguments are κ and the angle.
/// </summary>
internal sealed class VonMisesTail(bool upper, bool log) : TailOp(upper, log)
{
    // One of the orders whose nodes MathNet tabulates; those of others it iterates to 1e-10 only.
    private const int Order = 64;

    private static readonly GaussLegendreRule Rule = new(0, 1, Order);

    public static VonMisesTail Cdf { get; } = new(upper: false, log: false);

    public static VonMisesTail LogCdf { get; } = new(upper: false, log: true);

    public static VonMisesTail Survival { get; } = new(upper: true, log: false);

    public static VonMisesTail LogSurvival { get; } = new(upper: true, log: true);

    public override double Step(int index, double concentration, double z, double c) => index == 0
        ? 0.5 * concentration / (1 + Math.Abs(concentration * z * z)) : 0.25 / (1 + Math.Sqrt(concentration));

    protected override (double Log, bool IsUpper) LogSmaller(double concentration, double z)
    {
        double size = Math.Min(Math.Abs(z), Math.PI), start = Math.Sin(0.5 * size);

        // The density falls by e^−40 where sin²(t/2) has grown by 20/κ.
        double reach = (start * start) + (20 / concentration);
        double width = (reach < 1 ? 2 * Math.Asin(Math.Sqrt(reach)) : Math.PI) - size, sum = 0;
        for (int i = 0; i < Order; i++)
        {
            // sin²(t/2) − sin²(z/2) = sin((t + z)/2)·sin((t − z)/2).
            double step = width * Rule.GetAbscissa(i);
            sum += Rule.GetWeight(i) * Math.Exp(-2 * concentration * Math.Sin(size + (0.5 * step)) * Math.Sin(0.5 * step));
        }

        double log = Math.Log(sum * width) - (2 * concentration * start * start) - Math.Log(2 * Math.PI * Special.BesselI0e(concentration));
        return (log, z > 0);
    }

    public override double LogDensity(double shape, double z)
    {
        double sine = Math.Sin(0.5 * z);
        return (-2 * shape * sine * sine) - Math.Log(2 * Math.PI * Special.BesselI0e(shape));
    }

    public override (double Low, double High) Bracket(double shape, double p) => p <= 0.5 ? (-Math.PI, 1e-300) : (-1e-300, Math.PI);

    protected override Tensor LogDensity(Tensor shape, Tensor z) => VonMises.StandardLogDensity(shape, z);
}
