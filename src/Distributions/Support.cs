using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The set of outcomes that a distribution can have.</summary>
public abstract class Support
{
    /// <summary>How it is written: "(0, ∞)".</summary>
    public abstract string Name { get; }

    /// <summary>How many of the last axes of a value one outcome takes: 0 for numbers, 1 for vectors such as those of the simplex.</summary>
    public virtual int EventRank => 0;

    /// <summary>Whether outcomes are whole numbers.</summary>
    public virtual bool IsDiscrete => false;

    /// <summary>A mask of which values belong to the support, without the last <see cref="EventRank"/> axes; false for NaN.</summary>
    /// <param name="value">Values of a floating-point type.</param>
    public abstract Tensor Contains(Tensor value);

    /// <summary>A point well inside, that broadcasts to values; where formulas are evaluated in place of values outside.</summary>
    public abstract Tensor InteriorPoint(DType dtype);

    /// <summary>The least and greatest outcome of a set of numbers, infinite where there is none; null where they are not known.</summary>
    internal virtual (Tensor Low, Tensor High)? Ends(DType dtype) => null;

    /// <summary>True where the set does not depend on parameters, so that all components of a mixture share it.</summary>
    internal virtual bool IsFixed => true;

    /// <summary>All finite numbers.</summary>
    public static Support Real { get; } = new IntervalSupport(double.NegativeInfinity, double.PositiveInfinity, "(−∞, ∞)");

    /// <summary>Finite numbers above 0.</summary>
    public static Support Positive { get; } = new IntervalSupport(0, double.PositiveInfinity, "(0, ∞)");

    /// <summary>Finite numbers from 0.</summary>
    public static Support NonNegative { get; } = new IntervalSupport(0, double.PositiveInfinity, "[0, ∞)", lowClosed: true);

    /// <summary>Numbers strictly between 0 and 1.</summary>
    public static Support UnitInterval { get; } = new IntervalSupport(0, 1, "(0, 1)");

    /// <summary>Numbers from 0 to 1, both included.</summary>
    public static Support ClosedUnitInterval { get; } = new IntervalSupport(0, 1, "[0, 1]", lowClosed: true, highClosed: true);

    /// <summary>Numbers between bounds that may be tensors of parameters, both included.</summary>
    public static Support Interval(Tensor low, Tensor high) => new IntervalSupport(low, high, "[low, high]", lowClosed: true, highClosed: true);

    /// <summary>0, 1, 2, …</summary>
    public static Support NonNegativeIntegers { get; } = new IntegerSupport(0, double.PositiveInfinity, "{0, 1, 2, …}");

    /// <summary>0 and 1.</summary>
    public static Support Boolean { get; } = new IntegerSupport(0, 1, "{0, 1}");

    /// <summary>Whole numbers between bounds that may be tensors of parameters, both included.</summary>
    public static Support IntegerInterval(Tensor low, Tensor high) => new IntegerSupport(
        low, high, low.IsLiteral && high.IsLiteral ? FormattableString.Invariant($"{{{low.ToScalar()}, …, {high.ToScalar()}}}") : "{low, …, high}");

    /// <inheritdoc/>
    public override string ToString() => Name;
}
