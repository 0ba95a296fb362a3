using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// A distribution function of z with one shape parameter, its complement or their logarithms, from the logarithm of the smaller tail, so that neither
/// cancels. The arguments are the shape and z. ∂/∂z is the density; ∂/∂shape is a difference quotient of the logarithm of the smaller tail.
/// </summary>
internal abstract class TailOp(bool upper, bool log) : SpecialOp
{
    public override string Name => $"{GetType().Name}({(log ? "log " : "")}{(upper ? "survival" : "cdf")})";

    public sealed override double Map(double shape, double z, double c)
    {
        (double value, bool isUpper) = LogSmaller(shape, z);
        return isUpper == upper ? log ? value : Math.Exp(value) : log ? Special.Log1p(-Math.Exp(value)) : 1 - Math.Exp(value);
    }

    public sealed override double Slope(int index, double shape, double z, double c)
    {
        if (index != 0)
        {
            return base.Slope(index, shape, z, c);
        }

        (double value, bool isUpper) = LogSmaller(shape, z);
        double relative = LogSlope(isUpper, shape, z), tail = Math.Exp(value);
        return !double.IsFinite(relative) ? (double.IsNaN(shape + z) ? double.NaN : 0)
            : isUpper == upper ? log ? relative : relative * tail : log ? -relative * tail / (1 - tail) : -relative * tail;
    }

    /// <summary>The logarithm of the tail that is about ½ or less, and whether it is the upper one.</summary>
    protected abstract (double Log, bool IsUpper) LogSmaller(double shape, double z);

    /// <summary>The derivative of the logarithm of a tail with respect to the shape.</summary>
    protected virtual double LogSlope(bool wanted, double shape, double z) =>
        Difference(new MovedShape(this, wanted, shape, z), 0.02 * Step(0, shape, z, z));

    /// <summary>The log density.</summary>
    protected abstract Tensor LogDensity(Tensor shape, Tensor z);

    /// <summary>The log density of one element.</summary>
    public abstract double LogDensity(double shape, double z);

    /// <summary>Points between which the quantile lies; infinite where they are not known.</summary>
    public abstract (double Low, double High) Bracket(double shape, double p);

    protected sealed override Tensor? Derivative(int index, Tensor[] inputs, Tensor output)
    {
        if (index == 0)
        {
            return base.Derivative(index, inputs, output);
        }

        Tensor density = log ? Hazard(x => LogDensity(x[0], x[1]), inputs, output) : LogDensity(inputs[0], inputs[1]).Exp();
        return upper ? -density : density;
    }

    /// <summary>The logarithm of a tail.</summary>
    public double LogTail(bool wanted, double shape, double z)
    {
        (double value, bool isUpper) = LogSmaller(shape, z);
        return isUpper == wanted ? value : Special.Log1p(-Math.Exp(value));
    }

    private readonly struct MovedShape(TailOp op, bool wanted, double shape, double z) : IShifted
    {
        public double At(double shift) => op.LogTail(wanted, shape + shift, z);
    }
}
