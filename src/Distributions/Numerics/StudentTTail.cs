using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// P(T ≤ z) of Student's t with ν degrees of freedom, or its logarithm: ½·I_x(ν/2, ½) with x = ν/(ν + z²) below 0, and its complement above.
/// ∂/∂z is the density; ∂/∂ν is a difference quotient of the logarithm of the smaller tail.
/// </summary>
internal sealed class StudentTTail : SpecialOp
{
    private readonly bool _log;

    private StudentTTail(bool log) => _log = log;

    public static StudentTTail Cdf { get; } = new(log: false);

    public static StudentTTail LogCdf { get; } = new(log: true);

    public override string Name => _log ? "StudentTLogCdf" : "StudentTCdf";

    public override double Map(double df, double z, double c)
    {
        double tail = Tail(df, Math.Abs(z));
        return z <= 0 ? _log ? LogTail(df, Math.Abs(z)) : tail : _log ? Special.Log1p(-tail) : 1 - tail;
    }

    public override double Step(int index, double df, double z, double c) => index == 0 ? df / 4 : Math.Sqrt(1 + (z * z)) / 4;

    public override double Slope(int index, double df, double z, double c)
    {
        if (index != 0)
        {
            return base.Slope(index, df, z, c);
        }

        double relative = Difference(new MovedFreedom(df, Math.Abs(z)), 0.02 * Step(0, df, z, c));
        double tail = Tail(df, Math.Abs(z));
        return !double.IsFinite(relative) ? (double.IsNaN(df + z) ? double.NaN : 0)
            : z <= 0 ? _log ? relative : relative * tail : _log ? -relative * tail / (1 - tail) : -relative * tail;
    }

    protected override Tensor? Derivative(int index, Tensor[] inputs, Tensor output)
    {
        if (index == 0)
        {
            return base.Derivative(index, inputs, output);
        }

        return _log ? Hazard(x => StudentT.StandardLogDensity(x[0], x[1]), inputs, output) : StudentT.StandardLogDensity(inputs[0], inputs[1]).Exp();
    }

    // P(T > |z|). Written with ν/z² where z² is large, so that neither argument of the incomplete beta function cancels or overflows.
    private static double Tail(double df, double size)
    {
        (double x, double y) = Split(df, size);
        return double.IsNaN(x) ? double.NaN : 0.5 * Special.IncompleteBeta(0.5 * df, 0.5, x, y).Lower;
    }

    private static double LogTail(double df, double size)
    {
        double tail = Tail(df, size);
        if (!(tail < 1e-290) || double.IsInfinity(size))
        {
            return Math.Log(tail);
        }

        // The leading term of I_x(a, ½) for x → 0: xᵃ/(a·B(a, ½)), whose relative error is of the order of x.
        double a = 0.5 * df;
        double ratio = size / Math.Sqrt(df);
        double logX = -(2 * Math.Log(ratio)) - Special.Log1p(1 / (ratio * ratio));
        double fraction = Math.Exp(logX);
        return fraction < 1e-9 ? (a * logX) - Math.Log(2 * a) - Special.LogBeta(a, 0.5) + (0.5 * a / (a + 1) * fraction)
            : Special.LogBetaRegularized(a, 0.5, fraction) - Math.Log(2);
    }

    private static (double X, double Y) Split(double df, double size)
    {
        double ratio = size / Math.Sqrt(df);
        double square = ratio * ratio;
        return ratio > 1 ? (1 / square / (1 + (1 / square)), 1 / (1 + (1 / square))) : (1 / (1 + square), square / (1 + square));
    }

    private readonly struct MovedFreedom(double df, double size) : IShifted
    {
        public double At(double shift) => LogTail(df + shift, size);
    }
}
