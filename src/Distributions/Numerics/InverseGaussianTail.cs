using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The distribution function of the inverse Gaussian with mean 1: ½·exp(−φ(z − 1)²/(2z))·(erfcx(u(1 − z)) ± erfcx(u(1 + z))) with u = √(φ/(2z)), the lower
/// tail with + and the upper, with z − 1, with −. The arguments are φ and z.
/// </summary>
internal sealed class InverseGaussianTail(bool upper, bool log) : TailOp(upper, log)
{
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

        double u = Math.Sqrt(shape / (2 * z)), exponent = 0.5 * shape * ((z - 1) / z * (z - 1));
        double far = Special.Erfcx(u * (1 + z)), near = Special.Erfcx(u * Math.Abs(1 - z));
        return (Math.Log(0.5 * (z < 1 ? near + far : near - far)) - exponent, z >= 1);
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
