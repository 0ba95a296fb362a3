using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// A distribution of one number given that it lies between bounds: density f(x)/(F(high) − F(low)). Stable however far out the bounds lie, since everything is a
/// difference of logarithms of the nearer tail.
/// </summary>
/// <typeparam name="T">The distribution before.</typeparam>
public sealed class Truncated<T> : BoundedUnivariate<T> where T : Univariate
{
    // The lower end of the interval (below, high] that holds what lies between the bounds.
    private readonly Tensor _below;
    private readonly Tensor _logMass;

    /// <summary>Creates the distribution.</summary>
    /// <param name="source">The distribution before.</param>
    /// <param name="low">The lower bound, included; −∞ for none.</param>
    /// <param name="high">The upper bound, included, above the lower one; ∞ for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bounds are not in order.</exception>
    /// <exception cref="ArgumentException">There is no probability between the bounds.</exception>
    public Truncated(T source, Tensor low, Tensor high)
        : base("Truncated", source, low, high, gathers: false)
    {
        _below = source.Measure == Measure.Counting ? source.OutcomeBelow(Wide(Low)) : Low;
        _logMass = IntervalMass.Log(source, _below, High);
        if (!_logMass.IsSymbolic && (bool)_logMass.EqualTo(double.NegativeInfinity).Any())
        {
            int empty = Array.IndexOf(_logMass.ToDoubles(), double.NegativeInfinity);
            throw new ArgumentException(
                FormattableString.Invariant($"{Name}: {source.Name} has no probability between the bounds, or one too small for a logarithm, in ")
                + FormattableString.Invariant($"element {empty} of shape {_logMass.Shape}; widen the bounds there."),
                nameof(source));
        }
    }

    /// <inheritdoc/>
    public override string Name => $"Truncated<{Source.Name}>";

    /// <inheritdoc/>
    public override Measure Measure => Source.Measure;

    /// <summary>In closed form for a Normal, else by quadrature.</summary>
    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => OfNormal is { } family ? family.Mean(key) : Quadrature().Moments().Mean;

    /// <inheritdoc cref="Mean"/>
    public override Estimate Variance(RandomKey? key = null) => OfNormal is { } family ? family.Variance(key) : Quadrature().Moments().Variance;

    /// <inheritdoc cref="Mean"/>
    public override Estimate Entropy(RandomKey? key = null) => OfNormal is { } family ? family.Entropy(key) : base.Entropy(key);

    /// <summary>The mode before, brought between the bounds, or what a search finds if that is higher.</summary>
    public override Tensor Mode
    {
        get
        {
            if (OfNormal is { } family)
            {
                return family.Mode;
            }

            Tensor near = Source.Support.IsDiscrete ? Source.Mode.Clip(Low.Ceiling(), High.Floor()) : Inside(Source.Mode);
            Tensor found = NumericMode.Find(this);
            return Tensor.Where(LogProb(Wide(near)) >= LogProb(found), Wide(near), found);
        }
    }

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value) => Source.LogDensity(value) - _logMass;

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor value)
    {
        value = CheckValue(value, nameof(LogCdf));
        Tensor log = IntervalMass.Log(Source, _below, Tensor.Maximum(Tensor.Minimum(value, High), _below)) - _logMass;
        return Numeric.Propagate(value, Tensor.Where(value >= High, 0.0, Tensor.Minimum(log, 0.0)));
    }

    /// <inheritdoc/>
    public override Tensor LogSurvival(Tensor value)
    {
        value = CheckValue(value, nameof(LogSurvival));
        Tensor log = IntervalMass.Log(Source, Tensor.Minimum(Tensor.Maximum(value, _below), High), High) - _logMass;
        return Numeric.Propagate(value, Tensor.Where(value < Low, 0.0, Tensor.Minimum(log, 0.0)));
    }

    /// <summary>The quantile before, of a probability between those of the bounds; by a search where these are far out, but for a Normal.</summary>
    /// <inheritdoc/>
    public override Tensor Quantile(Tensor probability)
    {
        Tensor p = CheckProbability(probability);
        if (OfNormal is { } family)
        {
            return family.Quantile(p);
        }

        if (Before(Gradient.Stop(p)) is not { } before)
        {
            return base.Quantile(p);
        }

        // Close to 1 the probability before has lost its digits.
        Tensor far = (before > 1 - 1e-6) | (p <= 0) | (p >= 1) | p.IsNaN();
        Tensor found = Gradient.Stop(Inside(Source.Quantile(Tensor.Where(far, 0.5, Gradient.Stop(before)))));
        found = (bool)far.Any() ? Tensor.Where(far, Gradient.Stop(base.Quantile(Tensor.Where(far, Gradient.Stop(p), 0.5))), found) : found;
        return ImplicitGradient.Attach(this, found, p);
    }

    /// <summary>
    /// In closed form for a Normal, a logistic distribution and Student's with more than one degree of freedom (Jordan, Krüger and Lerch 2019), but for those elements that would
    /// lose more than three digits; else by quadrature.
    /// </summary>
    /// <inheritdoc/>
    public override Tensor Crps(Tensor value)
    {
        if (OfNormal is { } family)
        {
            return family.Crps(value);
        }

        if (BoundedCrps.Of(Source) is not { } closed)
        {
            return base.Crps(value);
        }

        return FiniteCrps(value, y =>
        {
            (Tensor score, Tensor? lost) = closed.Truncated(Low, High, y);
            score = score.Cast(DType);
            return lost is null ? score : ClosedFormCrps.Replace(score, lost, of => NumericCrps.Integrate(Part(of), of(y)));
        });
    }

    /// <inheritdoc/>
    public override Evidence CrpsEvidence => OfNormal is { } family ? family.CrpsEvidence
        : BoundedCrps.Of(Source) is { } closed && ClosedFormCrps.Holds(!(closed.Truncated(Low, High, Gradient.Stop(Middle)).Lost ?? Low.IsNaN()))
            ? Evidence.Exact : Evidence.Numeric;

    /// <summary>Differentiable draws by the quantile function, whose gradient is that of the implicit function; null for whole numbers.</summary>
    public override IReparameterized? AsReparameterized() => Measure == Measure.Lebesgue ? new ReparameterizedSampler(FromQuantile) : null;

    internal override Tensor? Kinks => Source.Kinks;

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => FromQuantile(key, shape);

    // The family that has closed forms.
    private TruncatedNormal? OfNormal => Source is Normal normal ? new(normal.Loc, normal.Scale, Low, High) : null;

    // The probability before, where enough of it lies between the bounds for that to have digits; else null.
    private Tensor? Before(Tensor p)
    {
        if (Measure != Measure.Lebesgue || _logMass.IsSymbolic || p.IsSymbolic)
        {
            return null;
        }

        Tensor start = Tensor.Where(Low > double.NegativeInfinity, Source.Cdf(Low), 0.0);
        return (bool)((_logMass > -5) & (start < 0.9)).All() ? start + (p * _logMass.Exp()) : null;
    }

    // A point between the bounds, a bound where the other is not there.
    private Tensor Middle
    {
        get
        {
            (Tensor low, Tensor high) = (Tensor.Where(Low.IsInfinite(), High, Low), Tensor.Where(High.IsInfinite(), Low, High));
            return Tensor.Where(low.IsInfinite(), Source.Median, 0.5 * (low + high));
        }
    }

    // Some elements, of a family that has a closed form.
    private Univariate Part(Func<Tensor, Tensor> of) => Source switch
    {
        Logistic logistic => new Truncated<Logistic>(new Logistic(of(logistic.Loc), of(logistic.Scale)), of(Low), of(High)),
        StudentT student => new Truncated<StudentT>(new StudentT(of(student.Df), of(student.Loc), of(student.Scale)), of(Low), of(High)),
        _ => this,
    };

    private Tensor FromQuantile(RandomKey key, Shape shape) => Quantile(key.UniformOpen(SampleShape(shape), DType));
}
