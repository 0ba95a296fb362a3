using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The magnitude of a number, Y = |X|: density f(y) + f(−y) on [0, ∞).</summary>
/// <typeparam name="T">The distribution of X.</typeparam>
public sealed class Folded<T> : Univariate where T : Univariate
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="source">The distribution of X, which has a density.</param>
    /// <exception cref="ArgumentException">The source has no density.</exception>
    public Folded(T source)
    {
        ArgumentNullException.ThrowIfNull(source);
        Source = source.Measure == Measure.Lebesgue
            ? source
            : throw new ArgumentException($"Folded: {source.Name} has {source.Measure} measure; only a distribution with a density can be folded.", nameof(source));
    }

    /// <summary>The distribution of X.</summary>
    public T Source { get; }

    /// <inheritdoc/>
    public override string Name => $"Folded<{Source.Name}>";

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => Source.Parameters;

    /// <inheritdoc/>
    public override Shape BatchShape => Source.BatchShape;

    /// <inheritdoc/>
    public override DType DType => Source.DType;

    /// <inheritdoc/>
    public override Support Support => Support.NonNegative;

    /// <inheritdoc/>
    public override Evidence LogProbEvidence => Source.LogProbEvidence;

    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Quadrature().Moments().Mean;

    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null) => Quadrature().Moments().Variance;

    /// <inheritdoc/>
    public override Tensor Mode
    {
        get
        {
            Tensor found = NumericMode.Find(this), zero = Tensor.ZerosLike(found);
            return Tensor.Where(LogProb(zero) >= LogProb(found), zero, found);
        }
    }

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value) => Tensor.LogAddExp(Source.LogProb(value), Source.LogProb(-value));

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor value) => LogCdf(value).Exp();

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor value)
    {
        Tensor y = CheckValue(value, nameof(LogCdf));
        return Numeric.Propagate(y, IntervalMass.Log(Source, -y.Clip(min: 0), y.Clip(min: 0)));
    }

    /// <inheritdoc/>
    public override Tensor Survival(Tensor value)
    {
        Tensor y = CheckValue(value, nameof(Survival)).Clip(min: 0);
        return Source.Survival(y) + Source.Cdf(-y);
    }

    /// <inheritdoc/>
    public override Tensor LogSurvival(Tensor value)
    {
        Tensor y = CheckValue(value, nameof(LogSurvival)).Clip(min: 0);
        return Tensor.LogAddExp(Source.LogSurvival(y), Source.LogCdf(-y));
    }

    /// <inheritdoc/>
    public override IReparameterized? AsReparameterized() => Source.AsReparameterized() is { } inner
        ? new ReparameterizedSampler((key, shape) => inner.RSample(key, shape).Abs())
        : null;

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => Source.Sample(key, shape).Abs();
}
