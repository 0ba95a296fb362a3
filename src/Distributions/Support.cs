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
    /// <param name="dtype">Its type.</param>
    /// <param name="shape">The shape of one outcome, which sets of vectors need; sets of numbers ignore it.</param>
    public abstract Tensor InteriorPoint(DType dtype, Shape shape = default);

    /// <summary>
    /// The map from the whole real line, or from vectors of any real numbers, to this set: how a parameter is trained, or an outcome sampled, without leaving
    /// it. Override it for a set of your own.
    /// </summary>
    /// <exception cref="NotSupportedException">There is none: outcomes are whole numbers, or the set does not say.</exception>
    public virtual Transform FromReal() => throw new NotSupportedException(
        $"Support {Name}: there is no map from the real line{(IsDiscrete ? ", since outcomes are whole numbers" : "; override FromReal")}.");

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

    /// <summary>Finite numbers above a bound.</summary>
    public static Support GreaterThan(Tensor low) => new IntervalSupport(low, double.PositiveInfinity, $"({Written(low, nameof(low))}, ∞)");

    /// <summary>Finite numbers below a bound.</summary>
    public static Support LessThan(Tensor high) => new IntervalSupport(double.NegativeInfinity, high, $"(−∞, {Written(high, nameof(high))})");

    /// <summary>Numbers between bounds that may be tensors of parameters, both included.</summary>
    public static Support Interval(Tensor low, Tensor high) => new IntervalSupport(
        low, high, $"[{Written(low, nameof(low))}, {Written(high, nameof(high))}]", lowClosed: true, highClosed: true);

    /// <summary>Vectors of numbers from 0 that add up to 1.</summary>
    public static Support Simplex { get; } = new SimplexSupport(logarithms: false);

    /// <summary>Vectors whose exponentials add up to 1.</summary>
    public static Support LogSimplex { get; } = new SimplexSupport(logarithms: true);

    /// <summary>Vectors of finite numbers, each above the one before.</summary>
    public static Support Ordered { get; } = new VectorSupport(
        "ordered vectors", 1, VectorSupport.IsOrdered, static (dtype, shape) => Tensor.Arange(shape[-1], dtype), static () => new OrderedTransform());

    /// <summary>Vectors of length 1.</summary>
    public static Support UnitVector { get; } = new VectorSupport(
        "unit vectors", 1, VectorSupport.IsUnit, static (dtype, shape) => Tensor.Full(shape, 1 / Math.Sqrt(shape[-1]), dtype),
        static () => new StereographicTransform());

    /// <summary>Lower triangular matrices with a positive diagonal: Cholesky factors of covariances.</summary>
    public static Support LowerCholesky { get; } = new VectorSupport(
        "Cholesky factors", 2, VectorSupport.IsLowerCholesky, Identity, static () => new LowerCholeskyTransform());

    /// <summary>Lower triangular matrices with a positive diagonal and rows of length 1: Cholesky factors of correlation matrices.</summary>
    public static Support CorrelationCholesky { get; } = new VectorSupport(
        "Cholesky factors of correlations", 2, VectorSupport.IsCorrelationCholesky, Identity, static () => new CorrelationCholeskyTransform());

    /// <summary>Symmetric positive definite matrices: covariances.</summary>
    public static Support PositiveDefinite { get; } = new VectorSupport(
        "positive definite matrices", 2, VectorSupport.IsPositiveDefinite, Identity,
        static () => new LowerCholeskyTransform().Then(new CholeskyProductTransform()));

    /// <summary>Vectors with a single 1 among zeros.</summary>
    public static Support OneHot { get; } = new VectorSupport(
        "one-hot vectors", 1, VectorSupport.IsOneHot,
        static (dtype, shape) => Tensor.Scalar(0, DType.Int64).OneHot(shape[-1], dtype), fromReal: null, isDiscrete: true);

    /// <summary>0, 1, 2, …</summary>
    public static Support NonNegativeIntegers { get; } = new IntegerSupport(0, double.PositiveInfinity, "{0, 1, 2, …}");

    /// <summary>1, 2, 3, …</summary>
    public static Support PositiveIntegers { get; } = new IntegerSupport(1, double.PositiveInfinity, "{1, 2, 3, …}");

    /// <summary>…, −1, 0, 1, …</summary>
    public static Support Integers { get; } = new IntegerSupport(double.NegativeInfinity, double.PositiveInfinity, "{…, −1, 0, 1, …}");

    /// <summary>0 and 1.</summary>
    public static Support Boolean { get; } = new IntegerSupport(0, 1, "{0, 1}");

    /// <summary>Whole numbers between bounds that may be tensors of parameters, both included.</summary>
    public static Support IntegerInterval(Tensor low, Tensor high) => new IntegerSupport(
        low, high, low.IsLiteral && high.IsLiteral ? FormattableString.Invariant($"{{{low.ToScalar()}, …, {high.ToScalar()}}}") : "{low, …, high}");

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static Tensor Identity(DType dtype, Shape shape) => Tensor.Eye(shape[-1], dtype);

    // A bound that is a number of the program, else its name.
    private static string Written(Tensor bound, string name) => bound.IsLiteral ? FormattableString.Invariant($"{bound.ToScalar():R}") : name;
}
