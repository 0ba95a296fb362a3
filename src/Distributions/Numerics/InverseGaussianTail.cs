using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The distribution function of the inverse Gaussian with mean 1: ½·exp(−φ(z − 1)²/(2z))·(erfcx(u(1 − z)) ± erfcx(u(1 + z))) with u = √(φ/(2z)), the lower
/// tail with + and the upper, with z − 1, with −. The arguments are φ and z.
/// </summary>
internal sealed class InverseGaussianTail(bool upper, bool log) : TailOp(upper, log)
{
    // Where the derivative in the shape is in closed form; nearer the mean its two parts cancel.
    private const double Far = 8;

    // 1/√π.
    private const double InverseRootPi = 0.56418958354775628695;

    // The nodes and weights of Gauss and Legendre's rule of five points; those at 0 first, the others of both signs.
    private static readonly double[] s_nodes = [0, 0.53846931010568309104, 0.90617984593866399280];
    private static readonly double[] s_weights = [0.56888888888888888889, 0.47862867049936646804, 0.23692688505618908751];

    public static InverseGaussianTail Cdf { get; } = new(upper: false, log: false);

    public static InverseGaussianTail LogCdf { get; } = new(upper: false, log: true);

    public static InverseGaussianTail Survival { get; } = new(upper: true, log: false);

    public static InverseGaussianTail LogSurvival { get; } = new(upper: true, log: true);

    public override double Step(int index, double shape, double z, double c) =>
        index == 0 ? 0.5 * shape / (1 + (0.1 * shape * (z - 1) / z * (z - 1))) : 0.25 * z;

    protected override (double Log, bool IsUpper) LogSmaller(double shape, double z)
    {
        if (z == 0 || double.IsInfinity(z))
        {
            return (double.NegativeInfinity, z > 0);
        }

        double u = Root(shape, z), exponent = 0.5 * shape * ((z - 1) / z * (z - 1));
        if (z >= 1)
        {
            return (Math.Log(u) + Math.Log(MeanFall(u, z)) - exponent, true);
        }

        return (Math.Log(0.5 * (Special.Erfcx(u * (1 - z)) + Special.Erfcx(u * (1 + z)))) - exponent, false);
    }

    // Far out the steps of a difference quotient are lost in the logarithm. There (1/√π·u/φ − erfcx(u(1 + z)))/(½(erfcx(u|1 − z|) ± erfcx(u(1 + z)))),
    // with − for the lower tail: the derivatives of exp(−φ(z − 1)²/(2z)) and of erfcx(u|1 − z|) cancel.
    protected override double LogSlope(bool wanted, double shape, double z)
    {
        if (z is > Far and < double.PositiveInfinity || z is > 0 and < 1 / Far)
        {
            double u = Root(shape, z), far = Special.Erfcx(u * (1 + z)), change = (2 * InverseRootPi * (0.5 / u / z)) - (2 * far);
            return z > 1 ? change / (2 * u * MeanFall(u, z)) : -change / (Special.Erfcx(u * (1 - z)) + far);
        }

        return base.LogSlope(wanted, shape, z);
    }

    private static double Root(double shape, double z) => Math.Sqrt(0.5 * shape) / Math.Sqrt(z);

    // (erfcx(u(z − 1)) − erfcx(u(z + 1)))/(2u), as the mean of −erfcx′ where the two are close (Gauss and Legendre, five points).
    private static double MeanFall(double u, double z)
    {
        if (2 * u > 0.1 * (1 + (u * (z - 1))))
        {
            return (Special.Erfcx(u * (z - 1)) - Special.Erfcx(u * (z + 1))) / (2 * u);
        }

        double centre = u * z, sum = s_weights[0] * Special.ErfcxDerivative(1, centre);
        for (int i = 1; i < s_nodes.Length; i++)
        {
            sum += s_weights[i] * (Special.ErfcxDerivative(1, centre - (u * s_nodes[i])) + Special.ErfcxDerivative(1, centre + (u * s_nodes[i])));
        }

        return -0.5 * sum;
    }

    public override double LogDensity(double shape, double z) =>
        (0.5 * Math.Log(shape)) - Constants.HalfLogTwoPi - (1.5 * Math.Log(z)) - (0.5 * shape * ((z - 1) / z * (z - 1)));

    // Below: P(Z ≤ z) ≤ 2e^φ·Φ(−√(φ/z)), the same path without drift. Above: Markov's inequality for E exp(φZ/2) = e^φ.
    public override (double Low, double High) Bracket(double shape, double p)
    {
        double root = Special.NormalLogQuantile(Math.Min(Math.Log(p) - Constants.LogTwo - shape, -Constants.LogTwo));
        return (Math.Min(shape / (root * root), 1), 2 - (2 * Special.Log1p(-p) / shape));
    }

    protected override Tensor LogDensity(Tensor shape, Tensor z) => InverseGaussian.StandardLogDensity(shape, z);
}
