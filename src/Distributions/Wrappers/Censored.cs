using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// A number of which only a bound is seen when it lies beyond: Y = min(max(X, low), high). What lies beyond a bound is probability at the bound, so that the
/// log probability there is ln F(low) or ln S(high), and the measure is mixed if X has a density.
/// </summary>
/// <typeparam name="T">The distribution before.</typeparam>
public sealed class Censored<T> : BoundedUnivariate<T> where T : Univariate
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="source">The distribution of X.</param>
    /// <param name="low">The lower bound; −∞ for none.</param>
    /// <param name="high">The upper bound, above the lower one; ∞ for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bounds are not in order.</exception>
    public Censored(T source, Tensor low, Tensor high)
        : base("Censored", source, low, high, gathers: true)
    {
    }

    /// <inheritdoc/>
    public override string Name => $"Censored<{Source.Name}>";

    /// <inheritdoc/>
    public override Measure Measure => Source.Measure == Measure.Lebesgue ? Measure.Mixed : Source.Measure;

    /// <summary>F(low)·low + S(high)·high and what lies between, by quadrature.</summary>
    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Estimate.Numeric(Expect(static x => x), QuadratureRule.RelativeTolerance);

    /// <inheritdoc cref="Mean"/>
    public override Estimate Variance(RandomKey? key = null)
    {
        Tensor mean = Mean().Value;
        return Estimate.Numeric(Expect(x => (x - mean).Square()), QuadratureRule.RelativeTolerance);
    }

    /// <summary>−E[log probability], of masses at the bounds and of the density between them.</summary>
    /// <inheritdoc/>
    public override Estimate Entropy(RandomKey? key = null) => Estimate.Numeric(Expect(x => -LogProb(x)), QuadratureRule.RelativeTolerance);

    /// <summary>The mode of X, brought between the bounds; of single outcomes, a bound where that is more probable.</summary>
    public override Tensor Mode
    {
        get
        {
            Tensor mode = Atoms is null ? Wide(Inside(Source.Mode)) : NumericMode.Find(this);
            return Measure == Measure.Counting ? Better(Better(mode, Wide(Low)), Wide(High)) : mode;
        }
    }

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value)
    {
        Tensor below = value <= Low, above = value >= High;
        Tensor safe = Tensor.Where(below | above, Gradient.Stop(Source.Support.InteriorPoint(DType)), value);
        Tensor log = Tensor.Where(below, LogAtLow, Tensor.Where(above, LogAtHigh, Source.LogProb(safe)));
        return Tensor.Where(Low.IsNaN() | High.IsNaN(), double.NaN, log);
    }

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor value) => Tail(value, nameof(LogCdf), Source.LogCdf, double.NegativeInfinity, 0);

    /// <inheritdoc/>
    public override Tensor LogSurvival(Tensor value) => Tail(value, nameof(LogSurvival), Source.LogSurvival, 0, double.NegativeInfinity);

    /// <inheritdoc/>
    public override Tensor Quantile(Tensor probability) => Inside(Source.Quantile(CheckProbability(probability)));

    /// <inheritdoc/>
    public override Evidence QuantileEvidence => Source.QuantileEvidence;

    /// <summary>
    /// In closed form for a Normal, a logistic distribution and Student's with more than one degree of freedom (Jordan, Krüger and Lerch 2019); else by quadrature.
    /// </summary>
    /// <inheritdoc/>
    public override Tensor Crps(Tensor value) => BoundedCrps.Of(Source) is { } closed
        ? FiniteCrps(value, y => closed.Censored(Low, High, y).Cast(DType)) : base.Crps(value);

    /// <inheritdoc/>
    public override Evidence CrpsEvidence => BoundedCrps.Of(Source) is null ? base.CrpsEvidence : Evidence.Exact;

    /// <summary>X's draws brought between the bounds; null for whole numbers, or where X's are not differentiable.</summary>
    public override IReparameterized? AsReparameterized() => Source.Measure == Measure.Lebesgue && Source.AsReparameterized() is { } inner
        ? new ReparameterizedSampler((key, shape) => Inside(inner.RSample(key, Extended(shape))))
        : null;

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => Inside(Source.Sample(key, Extended(shape)).Cast(DType));

    // Whole numbers between bounds that are none.
    internal override Tensor? Atoms => base.Atoms
        ?? (Source.Support.IsDiscrete && (IsBetween(Low) || IsBetween(High)) ? Brought(Source.Quadrature().Points.MoveAxis(0, -1)) : null);

    private static bool IsBetween(Tensor bound) => !bound.IsSymbolic && (bool)(bound > bound.Floor()).Any();

    private Tensor LogAtLow => Source.LogCdf(Low);

    private Tensor LogAtHigh => Source.LogSurvival(Source.Measure == Measure.Counting ? Source.OutcomeBelow(Wide(High)) : High);

    private Tensor Better(Tensor one, Tensor other)
    {
        Tensor finite = other.IsFinite(), safe = Tensor.Where(finite, other, one);
        return Tensor.Where(LogProb(safe) > LogProb(one), safe, one);
    }

    private Shape Extended(Shape shape) => BatchShape == Source.BatchShape ? shape : shape.Concat(BatchShape[..^Source.BatchShape.Rank]);

    private Tensor Tail(Tensor value, string method, Func<Tensor, Tensor> function, double below, double above)
    {
        value = CheckValue(value, method);
        Tensor low = value < Low, high = value >= High;
        Tensor safe = Tensor.Where(low | high, Gradient.Stop(Source.Support.InteriorPoint(DType)), value);
        return Tensor.Where(low, below, Tensor.Where(high, above, function(safe)));
    }

    // A part at each bound, and the truncated distribution between them.
    private Tensor Expect(Func<Tensor, Tensor> function)
    {
        Tensor low = Wide(Low), high = Wide(High);
        Tensor atLow = Part(LogAtLow.Exp(), low), atHigh = Part(LogAtHigh.Exp(), high);
        if (Source.Measure == Measure.Counting)
        {
            QuadratureRule all = Source.Quadrature();
            return all.Expect(function(Inside(all.Points)));
        }

        QuadratureRule between = new Truncated<T>(Source, Low, High).Quadrature();
        return atLow + atHigh + (IntervalMass.Log(Source, Low, High).Exp() * between.Expect(function(between.Points)));

        Tensor Part(Tensor mass, Tensor bound)
        {
            Tensor any = mass > 0;
            return Tensor.Where(any, mass * function(Tensor.Where(any, bound, Wide(Gradient.Stop(Support.InteriorPoint(DType))))), 0.0);
        }
    }
}
