using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>A family of counts whose probability of zero is changed: above 0 its masses are those of another family times a factor.</summary>
/// <typeparam name="T">The other family, of counts from 0.</typeparam>
public abstract class ZeroModified<T> : Univariate
    where T : Univariate
{
    private protected ZeroModified(string name, Tensor gate, T counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        if (!counts.Support.IsDiscrete)
        {
            throw new ArgumentException($"{name}: {counts.Name} has {counts.Measure} measure; a distribution of counts is needed.", nameof(counts));
        }

        Tensor zero = counts.Support.Contains(Tensor.Scalar(0, counts.DType));
        if (!zero.IsSymbolic && !(bool)zero.All())
        {
            throw new ArgumentException($"{name}: the support of {counts.Name} is {counts.Support}; it must contain 0.", nameof(counts));
        }

        Name = $"{name}<{counts.Name}>";
        Gate = ParameterChecks.UnitInterval(Name, nameof(gate), ParameterChecks.Literal(gate, counts.DType));
        Counts = counts;
        BroadcastParameters(Name, (nameof(gate), Gate));
        if (Gate.DType != counts.DType)
        {
            throw new DTypeException($"{Name}: gate is {Gate.DType} {Gate.Shape}, but the counts have {counts.DType} parameters; convert one with Cast.");
        }

        BatchShape = Shape.Broadcast(Gate.Shape, counts.BatchShape, Name);
    }

    /// <inheritdoc/>
    public sealed override string Name { get; }

    /// <summary>g, the probability of the gate, in [0, 1].</summary>
    public Tensor Gate { get; }

    /// <summary>The distribution of the other counts.</summary>
    public T Counts { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("gate", Gate), .. Counts.Parameters];

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override Support Support => Counts.Support;

    /// <inheritdoc/>
    public override Measure Measure => Measure.Counting;

    /// <summary>0, or the mode of the other counts where that is more probable.</summary>
    public override Tensor Mode
    {
        get
        {
            Tensor other = Counts.Mode.BroadcastTo(BatchShape), zero = Tensor.ZerosLike(other);
            Tensor atOther = LogProb(other), atZero = LogProb(zero);
            return Tensor.Where((atOther + atZero).IsNaN(), double.NaN, Tensor.Where(atOther > atZero, other, zero));
        }
    }

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value)
    {
        value = value.Cast(DType);
        Tensor log = Counts.LogDensity(value), isZero = value.EqualTo(0.0);
        return Tensor.Where(isZero, Numeric.Propagate(log, LogZero(Tensor.Where(isZero, log, -1.0))), LogFactor + log);
    }

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor value) => Steps(value, nameof(Cdf), x => MassUpTo(Counts.Cdf(x)), 0);

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor value) => Steps(value, nameof(LogCdf), x => Numeric.Log(MassUpTo(Counts.Cdf(x))), double.NegativeInfinity);

    /// <inheritdoc/>
    public override Tensor Survival(Tensor value) => Steps(value, nameof(Survival), x => LogFactor.Exp() * Counts.Survival(x), 1);

    /// <inheritdoc/>
    public override Tensor LogSurvival(Tensor value) => Steps(value, nameof(LogSurvival), x => LogFactor + Counts.LogSurvival(x), 0);

    /// <summary>
    /// In closed form where the other counts have one: their survival function times a factor c is this one's from 0 on, and with C the other score, y·(1 − c) + c·C(y) −
    /// c·(1 − c)·C(0) for y ≥ 0. By a sum where a c is so large that this would lose more than half of the digits.
    /// </summary>
    /// <inheritdoc/>
    public override Tensor Crps(Tensor value)
    {
        if (!HasCrps)
        {
            return base.Crps(value);
        }

        return FiniteCrps(value, y =>
        {
            Tensor c = LogFactor.Exp(), least = Counts.Crps(Tensor.Zeros(BatchShape, DType)), at = y.Clip(min: 0);
            return ((1 - c) * (at - (c * least))) + (c * Counts.Crps(at)) + (at - y);
        });
    }

    /// <inheritdoc/>
    public override Evidence CrpsEvidence => HasCrps ? Evidence.Exact : Evidence.Numeric;

    // Whether the other counts have a score and lie from 0 on, and the factor is moderate.
    private bool HasCrps => Counts.CrpsEvidence == Evidence.Exact && Counts.Support.Ends(DType) is { } ends && ClosedFormCrps.Holds(ends.Low >= 0)
        && ClosedFormCrps.Holds(Gradient.Stop(LogFactor) < -0.5 * Math.Log(DType.Epsilon()));

    // After 0, as for the other counts.
    internal override Tensor? Peaks => Counts.Peaks is { } peaks
        ? Tensor.Concat([peaks.BroadcastTo(peaks.Shape[..1].Concat(BatchShape)), Tensor.Ones([1, .. BatchShape], DType)]) : null;

    /// <summary>The log probability of zero, from that of the other counts.</summary>
    private protected abstract Tensor LogZero(Tensor logZero);

    /// <summary>The logarithm of the factor of the masses above zero.</summary>
    private protected abstract Tensor LogFactor { get; }

    /// <summary>P(K ≤ k), from that of the other counts.</summary>
    private protected abstract Tensor MassUpTo(Tensor cdf);

    /// <summary>ln(1 − g).</summary>
    private protected Tensor LogRest => (-Gate).Log1p();

    /// <summary>A result of the batch shape.</summary>
    private protected Tensor Wide(Tensor value) => value.BroadcastTo(BatchShape);

    /// <summary>Draws of the other counts, one for each element of the batch.</summary>
    private protected Tensor Drawn(RandomKey key, Shape shape) => Counts.BatchShape == BatchShape ? Counts.Sample(key, shape)
        : throw new ShapeException($"{Name}.Sample: counts of batch shape {Counts.BatchShape} are stretched to {BatchShape} by the gate; create them with the whole batch shape.");

    private Tensor Steps(Tensor value, string method, Func<Tensor, Tensor> function, double below)
    {
        value = CheckValue(value, method);
        Tensor negative = value < 0;
        return Tensor.Where(negative, below, function(Tensor.Where(negative, 0.0, value)));
    }
}
