using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// A probability distribution with a density or mass that can be evaluated, without randomness. Parameters of one distribution broadcast against
/// each other to the batch shape.
/// </summary>
public abstract class Distribution : Sampler
{
    /// <summary>The name of the family.</summary>
    public virtual string Name => TypeName.Of(GetType());

    /// <summary>The outcomes that can occur.</summary>
    public abstract Support Support { get; }

    /// <summary>What the density is a density of.</summary>
    public virtual Measure Measure => Measure.Lebesgue;

    /// <summary>The parameters by name, for listings.</summary>
    public abstract IReadOnlyList<(string Name, Tensor Value)> Parameters { get; }

    /// <summary>A most probable outcome, of shape batch + event.</summary>
    public abstract Tensor Mode { get; }

    /// <summary>Whether an approximate answer stands behind <see cref="LogProb"/>.</summary>
    public virtual Evidence LogProbEvidence => Evidence.Exact;

    /// <inheritdoc/>
    public override DType DType => Parameters[0].Value.DType;

    /// <summary>
    /// The log density or log mass. −∞ with a gradient of zero outside of the support; NaN only where the value or a parameter is NaN.
    /// </summary>
    /// <param name="value">Outcomes, broadcast against batch + event.</param>
    /// <returns>The broadcast shape without the event axes.</returns>
    /// <exception cref="DTypeException">The value is not of a fitting type.</exception>
    /// <exception cref="ShapeException">The value does not broadcast against batch + event.</exception>
    public Tensor LogProb(Tensor value)
    {
        value = CheckValue(value, "LogProb");
        Tensor inside = Support.Contains(value);
        Tensor nan = value.IsNaN();
        inside |= Support.EventRank == 0 ? nan : nan.Any(EventAxes(Support.EventRank));
        int independent = EventShape.Rank - Support.EventRank;
        inside = independent == 0 ? inside : inside.All(EventAxes(independent));

        Tensor safe = Tensor.Where(MaskedSupport.Spread(inside, EventShape.Rank), value, InteriorPoint);
        return Tensor.Where(inside, LogDensityOrConstant(safe), double.NegativeInfinity);
    }

    /// <summary>
    /// The log density of outcomes in the support. Where it is infinite, at an edge of the support or beyond the range of the type, no gradient flows: a slope of ∞ times
    /// a share of 0 would be NaN. Of vectors it is −∞ where it is a product of 0 and ∞, at a corner of the support or beyond the range of the type. While tracing, where values are
    /// not known, always by two evaluations.
    /// </summary>
    internal Tensor LogDensityOrConstant(Tensor value)
    {
        Tensor log = LogDensity(value);
        int axes = EventShape.Rank;
        if (log.Levels == 0 && axes == 0)
        {
            return log;
        }

        Tensor still = Gradient.Stop(log), lost = axes == 0 ? still.IsInfinite() : !still.IsFinite();
        if (!lost.IsSymbolic && !(bool)lost.Any())
        {
            return log;
        }

        Tensor within = LogDensity(Tensor.Where(MaskedSupport.Spread(lost, axes), InteriorPoint, value));
        if (axes == 0)
        {
            return SameValue.Of(log, Tensor.Where(lost, still, within));
        }

        // What is NaN at a point inside as well is unknown: a parameter is NaN.
        Tensor number = Tensor.Where(still.IsNaN() & !value.IsNaN().Any(EventAxes(axes)), double.NegativeInfinity, still);
        return Tensor.Where(lost & !Gradient.Stop(within).IsNaN(), number, within);
    }

    /// <summary>Where the log density is evaluated in place of values outside of the support.</summary>
    private protected virtual Tensor InteriorPoint => Support.InteriorPoint(DType, EventShape);

    /// <summary>
    /// The log density of values known to lie in the support: what training calls after it has checked the targets once. Elsewhere its answer
    /// means nothing.
    /// </summary>
    /// <param name="value">Outcomes in the support, broadcast against batch + event.</param>
    public abstract Tensor LogDensity(Tensor value);

    /// <summary>
    /// A <see cref="Mode"/> by search, where there is no formula: the most probable of some draws with a fixed key, and from there uphill along the gradient. A point that is not
    /// far from the highest: with several peaks of nearly the same height it may be another one's. No gradient flows through.
    /// </summary>
    /// <param name="draws">Draws, of each distribution of the batch.</param>
    /// <param name="steps">Steps uphill.</param>
    protected Tensor SearchMode(int draws = 256, int steps = 50) => VectorMode.Find(this, draws, steps);

    /// <summary>The entropy in nats, of shape batch; by Monte Carlo where there is no closed form.</summary>
    /// <param name="key">For Monte Carlo; null is a fixed key.</param>
    public virtual Estimate Entropy(RandomKey? key = null) => Estimate.MonteCarlo(-LogProb(Sample(key ?? DefaultKey, DefaultDraws)));

    /// <summary>
    /// The Kullback–Leibler divergence of another distribution from this one, ∫ p ln(p/q), in nats: in closed form, else by quadrature in one dimension,
    /// else by Monte Carlo. It never throws for a missing formula, and says how it was computed; +∞ where q misses a part of p.
    /// </summary>
    /// <param name="other">The distribution q.</param>
    /// <param name="key">For Monte Carlo; null is a fixed key.</param>
    public Estimate Kl(Distribution other, RandomKey? key = null) => Divergence.Kl(this, other, key ?? DefaultKey);

    /// <summary>The same distribution as one whose draws are differentiable; null if it cannot be.</summary>
    public virtual IReparameterized? AsReparameterized() => this as IReparameterized;

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Name}({string.Join(", ", Parameters.Select(p => p.Value.Size == 1 && !p.Value.IsSymbolic
            ? FormattableString.Invariant($"{p.Name}: {p.Value.ToScalar():G6}") : $"{p.Name}: {p.Value.Shape}"))}), batch {BatchShape}, event {EventShape}";

    /// <summary>A value of a type that fits, or an error that names both types.</summary>
    protected Tensor CheckValue(Tensor value, string method)
    {
        value = value.IsLiteral ? value.Cast(DType) : value;
        if (value.DType != DType && !(Measure == Measure.Counting && value.DType.IsInteger()))
        {
            throw new DTypeException(
                $"{Name}.{method}: the value is {value.DType} {value.Shape}, but the distribution's parameters are {DType}; convert the value with Cast(DType.{DType}).");
        }

        Shape expected = BatchShape.Concat(EventShape);
        int events = EventShape.Rank;
        if (value.Rank < events || value.Shape[^events..] != EventShape)
        {
            throw new ShapeException(
                $"{Name}.{method}: the value has shape {value.Shape}; its last axes must be the event shape {EventShape} (batch {BatchShape}).");
        }

        RequireBroadcast(value.Shape, expected, method);
        return value.Cast(DType);
    }

    /// <summary>Refuses shapes that do not broadcast, naming the family and the method.</summary>
    private protected void RequireBroadcast(Shape left, Shape right, string method)
    {
        // The name is only put together where it may be needed: this stands on the path of every evaluation.
        if (!left.BroadcastsTo(right) && !right.BroadcastsTo(left))
        {
            Shape.Broadcast(left, right, $"{Name}.{method}");
        }
    }

    /// <summary>Checks that all parameters have the same floating-point type and returns the shape they broadcast to.</summary>
    internal static Shape BroadcastParameters(string name, params ReadOnlySpan<(string Name, Tensor Value)> parameters)
    {
        Shape shape = Shape.Scalar;
        foreach ((string parameter, Tensor value) in parameters)
        {
            if (!value.DType.IsFloating() || value.DType != parameters[0].Value.DType)
            {
                throw new DTypeException(
                    $"{name}: {parameter} is {value.DType} {value.Shape}; all parameters must have one floating-point type ({parameters[0].Name} is {parameters[0].Value.DType}).");
            }

            shape = Shape.Broadcast(shape, value.Shape);
        }

        return shape;
    }

    private static int[] EventAxes(int rank) => [.. Enumerable.Range(-rank, rank)];
}
