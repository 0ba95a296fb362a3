using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// A number rounded to the nearest whole number: P(Y = y) = F(y + ½) − F(y − ½), the probability of the cell. Bounds, if any, take what lies beyond: pixels from 0 to
/// 255, for example. Scale the data first where the cells have another width.
/// </summary>
/// <typeparam name="T">The distribution before.</typeparam>
public sealed class Quantized<T> : Univariate where T : Univariate
{
    private readonly double _low, _high;

    /// <summary>Creates the distribution.</summary>
    /// <param name="source">The distribution before, which has a density.</param>
    /// <param name="low">The least outcome; −∞ for none.</param>
    /// <param name="high">The greatest outcome; ∞ for none.</param>
    /// <exception cref="ArgumentException">The source has no density.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The bounds are not whole numbers in order.</exception>
    public Quantized(T source, double low = double.NegativeInfinity, double high = double.PositiveInfinity)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.Measure != Measure.Lebesgue)
        {
            throw new ArgumentException($"Quantized: {source.Name} has {source.Measure} measure; only a distribution with a density can be rounded.", nameof(source));
        }

        if (!(low < high) || (double.IsFinite(low) && Math.Floor(low) != low) || (double.IsFinite(high) && Math.Floor(high) != high))
        {
            throw new ArgumentOutOfRangeException(
                nameof(high), high, FormattableString.Invariant($"Quantized: the bounds {low} and {high} must be whole numbers in order."));
        }

        Source = source;
        (_low, _high) = (low, high);
        (Tensor Low, Tensor High)? ends = source.Support.IsFixed ? source.Support.Ends(DType.Float64) : null;
        double least = Math.Max(low, ends is { } a ? Nearest(a.Low.ToScalar()) : double.NegativeInfinity);
        double most = Math.Min(high, ends is { } b ? Nearest(b.High.ToScalar()) : double.PositiveInfinity);
        Support = new IntegerSupport(least, most, FormattableString.Invariant($"{{{least}, …, {most}}}"));
    }

    /// <summary>The distribution before.</summary>
    public T Source { get; }

    /// <inheritdoc/>
    public override string Name => $"Quantized<{Source.Name}>";

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => Source.Parameters;

    /// <inheritdoc/>
    public override Shape BatchShape => Source.BatchShape;

    /// <inheritdoc/>
    public override DType DType => Source.DType;

    /// <inheritdoc/>
    public override Support Support { get; }

    /// <inheritdoc/>
    public override Measure Measure => Measure.Counting;

    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Quadrature().Moments().Mean;

    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null) => Quadrature().Moments().Variance;

    /// <inheritdoc/>
    public override Tensor Mode => NumericMode.Find(this);

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value)
    {
        value = value.Cast(DType);

        // Where whole numbers are no further apart than neighbours of the type, the cell has no bounds of its own: its mass is the density. The outermost cells have
        // all that lies beyond.
        Tensor coarse = ((value - 0.5).EqualTo(value) | (value + 0.5).EqualTo(value)) & (value > _low) & (value < _high);
        if (!coarse.IsSymbolic && !(bool)coarse.Any())
        {
            return Mass(value);
        }

        Tensor inner = Centre;
        return Tensor.Where(coarse, Source.LogProb(Tensor.Where(coarse, value, inner)), Mass(Tensor.Where(coarse, inner, value)));
    }

    /// <summary>The cell of the mean: the mass of a cell in a far tail may round to none, without a gradient.</summary>
    private protected override Tensor InteriorPoint => (Centre - 0.5).Ceiling().Clip(_low, _high);

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor value) => Tail(value, nameof(Cdf), Source.Cdf, 0, 1);

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor value) => Tail(value, nameof(LogCdf), Source.LogCdf, double.NegativeInfinity, 0);

    /// <inheritdoc/>
    public override Tensor Survival(Tensor value) => Tail(value, nameof(Survival), Source.Survival, 1, 0);

    /// <inheritdoc/>
    public override Tensor LogSurvival(Tensor value) => Tail(value, nameof(LogSurvival), Source.LogSurvival, 0, double.NegativeInfinity);

    /// <summary>The quantile before, rounded. Rounding in the distribution function must not lead to the next cell.</summary>
    /// <inheritdoc/>
    public override Tensor Quantile(Tensor probability)
    {
        Tensor p = CheckProbability(probability);
        Tensor x = (Gradient.Stop(Source.Quantile(p)) - 0.5).Ceiling().Clip(_low, _high);
        return Tensor.Where((x > _low) & (Cdf(x - 1) >= p * (1 - (4 * DType.Epsilon()))) & (p > 0) & x.IsFinite(), x - 1, x);
    }

    /// <inheritdoc/>
    public override Evidence QuantileEvidence => Source.QuantileEvidence;

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => (Source.Sample(key, shape) - 0.5).Ceiling().Clip(_low, _high);

    // The mean, or a point of the support where there is none.
    private Tensor Centre
    {
        get
        {
            Tensor mean = Gradient.Stop(Source.Mean().Value);
            return Tensor.Where(mean.IsFinite(), mean, Gradient.Stop(Source.Support.InteriorPoint(DType)));
        }
    }

    private Tensor Mass(Tensor value) => Numeric.Propagate(value, IntervalMass.Log(
        Source, Tensor.Where(value <= _low, double.NegativeInfinity, value - 0.5), Tensor.Where(value >= _high, double.PositiveInfinity, value + 0.5)));

    private static double Nearest(double x) => double.IsFinite(x) ? Math.Ceiling(x - 0.5) : x;

    private Tensor Tail(Tensor value, string method, Func<Tensor, Tensor> function, double below, double above)
    {
        Tensor cell = CheckValue(value, method).Floor();
        Tensor low = cell < _low, high = cell >= _high;
        Tensor edge = Tensor.Where(low | high, Gradient.Stop(Source.Support.InteriorPoint(DType)), cell + 0.5);
        return Tensor.Where(low, below, Tensor.Where(high, above, function(edge)));
    }
}
