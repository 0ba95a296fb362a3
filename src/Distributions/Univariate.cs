using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// A distribution of one number. Everything that one asks of a prediction has an answer here: distribution function, quantiles, intervals,
/// CRPS; exact where the family has a closed form, else numeric.
/// </summary>
public abstract class Univariate : Distribution
{
    /// <summary>P(X ≤ x), of the broadcast shape; NaN for NaN.</summary>
    /// <param name="value">Points, broadcast against the batch.</param>
    public abstract Tensor Cdf(Tensor value);

    /// <summary>ln P(X ≤ x), accurate in the lower tail where the family allows.</summary>
    /// <param name="value">Points, broadcast against the batch.</param>
    public virtual Tensor LogCdf(Tensor value) => Numeric.Log(Cdf(value));

    /// <summary>P(X &gt; x), without cancellation in the upper tail where the family allows.</summary>
    /// <param name="value">Points, broadcast against the batch.</param>
    public virtual Tensor Survival(Tensor value) => 1 - Cdf(value);

    /// <summary>ln P(X &gt; x).</summary>
    /// <param name="value">Points, broadcast against the batch.</param>
    public virtual Tensor LogSurvival(Tensor value) => Numeric.Log(Survival(value));

    /// <summary>
    /// The smallest x with P(X ≤ x) ≥ p; the ends of the support at 0 and 1. By bracketing and bisection where the family has no closed form, with
    /// the gradient of the implicit function.
    /// </summary>
    /// <param name="probability">
    /// Probabilities in [0, 1], broadcast against the batch; NaN for an element outside. Several for each distribution of a batch need an axis of their own:
    /// <c>Quantile(Tensor.From(0.16, 0.5, 0.84).Unsqueeze(-1))</c> is [3] + batch.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is written as a number outside of [0, 1], such as 95.</exception>
    public virtual Tensor Quantile(Tensor probability) => NumericQuantile.Find(this, CheckProbability(probability));

    /// <summary>The median, of shape batch.</summary>
    public Tensor Median => Quantile(Tensor.Full(BatchShape, 0.5, DType));

    /// <summary>The central interval that holds a given probability: as much lies below as above.</summary>
    /// <param name="level">The probability inside, in (0, 1).</param>
    /// <returns>Lower and upper ends, of shape batch.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The level is not in (0, 1).</exception>
    public (Tensor Lower, Tensor Upper) Interval(double level)
    {
        RequireLevel(level, nameof(Interval));
        return (Quantile(Tensor.Full(BatchShape, (1 - level) / 2, DType)), Quantile(Tensor.Full(BatchShape, (1 + level) / 2, DType)));
    }

    /// <summary>
    /// The smallest region that holds a given probability: where the density is above a threshold. It may consist of several intervals.
    /// Numeric: the threshold is found on a grid of quantiles.
    /// </summary>
    /// <param name="level">The probability inside, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is not in (0, 1).</exception>
    public virtual DensityRegion HighestDensityRegion(double level)
    {
        RequireLevel(level, nameof(HighestDensityRegion));
        return DensityRegion.Find(this, level);
    }

    /// <summary>
    /// The continuous ranked probability score, ∫ (F(x) − 1{y ≤ x})² dx: in the unit of y, lower is better, |error| for a point forecast
    /// (Gneiting and Raftery 2007). Differentiable in y and the parameters.
    /// </summary>
    /// <param name="value">What was observed, broadcast against the batch.</param>
    public virtual Tensor Crps(Tensor value) => FiniteCrps(
        value, Kinks is null ? y => NumericCrps.Integrate(this, y) : y => Numeric.Propagate(y, PanelCrps.Integrate(this, 1, y.Cast(DType))));

    /// <summary>Whether <see cref="Quantile"/> is in closed form.</summary>
    public virtual Evidence QuantileEvidence => Evidence.Numeric;

    /// <summary>Whether <see cref="Crps"/> is in closed form.</summary>
    public virtual Evidence CrpsEvidence => Evidence.Numeric;

    /// <inheritdoc/>
    public override Estimate Entropy(RandomKey? key = null) => Quadrature().Entropy(this);

    /// <summary>
    /// Points and weights, of shape [points] + batch, with Σ w·g(x) = E[g(X)] for smooth g: Gauss–Legendre panels in the logit of the probability, or
    /// all outcomes of a discrete distribution that matter, ascending.
    /// </summary>
    /// <param name="cuts">Points, [cuts] + batch, at which panels end as well: where a function that is to be integrated changes.</param>
    internal virtual QuadratureRule Quadrature(Tensor? cuts = null) => QuadratureRule.Of(this, QuadratureRule.Joined(cuts, Kinks));

    /// <summary>Points at which the distribution function is not smooth and no quantile says so, [kinks] + batch; null for none.</summary>
    internal virtual Tensor? Kinks => null;

    /// <summary>Outcomes of a discrete distribution between which the masses only rise or only fall, [outcomes] + batch; null where they are not known.</summary>
    internal virtual Tensor? Peaks => null;

    /// <summary>
    /// All outcomes, ascending along the last axis, of a distribution that has finitely many and does not say that they are whole numbers: batch + [outcomes], where
    /// an outcome may be repeated. Null for a density and for whole numbers.
    /// </summary>
    internal virtual Tensor? Atoms => null;

    /// <summary>The greatest outcome below a value, of which the distribution function is P(X &lt; x); the value itself where no outcome has a mass.</summary>
    internal Tensor OutcomeBelow(Tensor value)
    {
        if (Atoms is not { } atoms)
        {
            return Measure == Measure.Counting ? value.Ceiling() - 1 : value;
        }

        var rows = new BatchRows(BatchShape);
        atoms = Gradient.Stop(atoms);
        Tensor none = Tensor.Full(BatchShape.Concat([1]), double.NegativeInfinity, DType);
        return Numeric.Propagate(value, rows.Read(Tensor.Concat([none, atoms], -1), rows.Find(atoms, value)));
    }

    /// <summary>Points between which a quantile lies, for the search.</summary>
    internal virtual (Tensor Low, Tensor High) QuantileBracket(Tensor probability) => NumericQuantile.Bracket(this, probability);

    /// <summary>
    /// Quantiles, [points] + batch, between which the distribution function is smooth: for probabilities of shape [points] + ones, those of each component of a mixture.
    /// </summary>
    internal virtual Tensor Landmarks(Tensor probability) => Quantile(probability);

    /// <summary>The components of a distribution that is a mixture of Normals, [..., components] each; else null.</summary>
    internal virtual (Tensor LogWeights, Tensor Loc, Tensor Scale)? NormalComponents() => null;

    /// <summary>A score of finite numbers; +∞ for an infinite one.</summary>
    private protected Tensor FiniteCrps(Tensor value, Func<Tensor, Tensor> score)
    {
        value = CheckValue(value, nameof(Crps));
        Tensor infinite = value.IsInfinite();
        return infinite.IsSymbolic || (bool)infinite.Any()
            ? Tensor.Where(infinite, double.PositiveInfinity, score(Tensor.Where(infinite, Gradient.Stop(InteriorPoint), value)))
            : score(value);
    }

    /// <summary>
    /// A distribution function or a survival function, or the logarithm of one, with a gradient of zero where it is its limit and what is left is no number of the type:
    /// there a slope of ∞ times a share of 0 would be NaN. While tracing, where values are not known, always by two evaluations.
    /// </summary>
    /// <param name="value">Where.</param>
    /// <param name="tail">The function.</param>
    /// <param name="full">Its value for all of the probability, 1, or 0 of a logarithm; for none it is 0 or −∞.</param>
    /// <param name="rest">
    /// The function of the other tail, a logarithm if this is one: a graph computes it once where both tails are asked for. Null for a logarithm that only is 0 where what is
    /// left is no number.
    /// </param>
    private protected Tensor Guard(Tensor value, Func<Tensor, Tensor> tail, double full, Func<Tensor, Tensor>? rest)
    {
        Tensor result = tail(value);
        if (result.Levels == 0)
        {
            return result;
        }

        bool logarithm = full == 0;
        Tensor still = Gradient.Stop(result), empty = still.EqualTo(logarithm ? double.NegativeInfinity : 0), whole = still.EqualTo(full);
        if (whole.IsSymbolic || (bool)whole.Any())
        {
            // The logarithm of half of the least number of the type, which rounds to 0.
            double least = !logarithm ? 0 : Math.Log(2) * (DType == DType.Float64 ? -1075 : -150);
            empty |= rest is null ? whole : whole & Numeric.Detached(() => rest(value) <= least);
        }

        return empty.IsSymbolic || (bool)empty.Any()
            ? SameValue.Of(result, Tensor.Where(empty, still, tail(Tensor.Where(empty, Gradient.Stop(InteriorPoint), value.Cast(DType)))))
            : result;
    }

    /// <summary>A tensor of probabilities of the distribution's type that broadcasts against the batch.</summary>
    /// <exception cref="DTypeException">It is of another type.</exception>
    /// <exception cref="ShapeException">It does not broadcast.</exception>
    /// <exception cref="ArgumentOutOfRangeException">It is written as a number outside of [0, 1].</exception>
    protected Tensor CheckProbability(Tensor probability)
    {
        if (probability.IsLiteral && probability.ToScalar() is < 0 or > 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(probability), probability.ToScalar(),
                FormattableString.Invariant($"{Name}.Quantile: the probability is {probability.ToScalar():R}; it must lie in [0, 1]: 0.95 for 95 %."));
        }

        probability = probability.IsLiteral ? probability.Cast(DType) : probability;
        if (probability.DType != DType)
        {
            throw new DTypeException(
                $"{Name}.Quantile: the probability is {probability.DType} {probability.Shape}, but the distribution's parameters are {DType}; "
                + $"convert it with Cast(DType.{DType}).");
        }

        RequireBroadcast(probability.Shape, BatchShape, nameof(Quantile));
        return probability;
    }

    private void RequireLevel(double level, string method)
    {
        if (!(level > 0 && level < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, $"{Name}.{method}: the level must lie strictly between 0 and 1.");
        }
    }
}
