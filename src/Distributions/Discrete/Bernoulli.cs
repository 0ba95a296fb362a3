using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// One toss of a coin: 1 with probability p, else 0. Given by p or, where p may come close to 0 or 1, by its logit ln(p/(1 − p)), which loses nothing there.
/// </summary>
public sealed class Bernoulli : Univariate
{
    private readonly Tensor? _probs, _logits;

    private Bernoulli(Tensor? probs, Tensor? logits)
    {
        _probs = probs;
        _logits = logits;
    }

    /// <summary>From the probability of 1.</summary>
    /// <param name="probs">p, in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">A probability is not in [0, 1].</exception>
    public static Bernoulli FromProbs(Tensor probs) =>
        new(ParameterChecks.UnitInterval(nameof(Bernoulli), nameof(probs), ParameterChecks.Single(nameof(Bernoulli), probs)), null);

    /// <summary>From the log odds.</summary>
    /// <param name="logits">ln(p/(1 − p)): any number.</param>
    public static Bernoulli FromLogits(Tensor logits) => new(null, ParameterChecks.Single(nameof(Bernoulli), logits));

    /// <summary>p, the probability of 1.</summary>
    public Tensor Probs => _probs ?? _logits!.Sigmoid();

    /// <summary>ln(p/(1 − p)).</summary>
    public Tensor Logits => _logits ?? (_probs!.Log() - (-_probs).Log1p());

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [_probs is null ? ("logits", Given) : ("probs", Given)];

    /// <inheritdoc/>
    public override Shape BatchShape => Given.Shape;

    /// <inheritdoc/>
    public override DType DType => Given.DType;

    /// <inheritdoc/>
    public override Support Support => Support.Boolean;

    /// <inheritdoc/>
    public override Measure Measure => Measure.Counting;

    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Estimate.Exact(Probs);

    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null) => Estimate.Exact(Probs * Complement);

    /// <summary>1 where p &gt; ½, else 0.</summary>
    public override Tensor Mode => Known((_logits is null ? _probs! > 0.5 : _logits > 0).Cast(DType));

    /// <inheritdoc/>
    public override Estimate Entropy(RandomKey? key = null) => Estimate.Exact(-(Weighted(Probs, LogOne) + Weighted(Complement, LogZero)));

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value)
    {
        value = value.Cast(DType);
        if (_logits is not null)
        {
            return -((1 - (2 * value)) * _logits).Softplus();
        }

        // The logarithm of the probability not asked for may be −∞, so it is not taken.
        Tensor one = value > 0.5;
        return Tensor.Where(one, Tensor.Where(one, _probs!, 0.5).Log(), (-Tensor.Where(one, 0.5, _probs!)).Log1p()) + (0 * value);
    }

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor value) => Steps(value, nameof(Cdf), 0, Complement, 1);

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor value) => Steps(value, nameof(LogCdf), double.NegativeInfinity, LogZero, 0);

    /// <inheritdoc/>
    public override Tensor Survival(Tensor value) => Steps(value, nameof(Survival), 1, Probs, 0);

    /// <inheritdoc/>
    public override Tensor LogSurvival(Tensor value) => Steps(value, nameof(LogSurvival), 0, LogOne, double.NegativeInfinity);

    /// <inheritdoc/>
    public override Tensor Quantile(Tensor probability)
    {
        Tensor p = CheckProbability(probability);
        return Known(Tensor.Where((p >= 0) & (p <= 1), (p > Gradient.Stop(Complement)).Cast(DType), double.NaN));
    }

    /// <inheritdoc/>
    public override Evidence QuantileEvidence => Evidence.Exact;

    /// <summary>(p − y)² at 0 and 1, the Brier score (1950).</summary>
    /// <inheritdoc/>
    public override Tensor Crps(Tensor value)
    {
        value = CheckValue(value, nameof(Crps));
        Tensor within = value.Clip(0, 1);
        return (within * Complement.Square()) + ((1 - within) * Probs.Square()) + (value - within).Abs();
    }

    /// <inheritdoc/>
    public override Evidence CrpsEvidence => Evidence.Exact;

    /// <summary>ln p.</summary>
    internal Tensor LogOne => _logits?.LogSigmoid() ?? _probs!.Log();

    /// <summary>ln(1 − p).</summary>
    internal Tensor LogZero => _logits is null ? (-_probs!).Log1p() : (-_logits).LogSigmoid();

    /// <summary>1 − p.</summary>
    internal Tensor Complement => _logits is null ? 1 - _probs! : (-_logits).Sigmoid();

    /// <summary>p·x, and 0 where p is 0 even if x is infinite.</summary>
    internal static Tensor Weighted(Tensor p, Tensor x)
    {
        Tensor zero = p.EqualTo(0.0);
        return Tensor.Where(zero, 0.0, p * Tensor.Where(zero, 0.0, x));
    }

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => Known((key.Uniform(SampleShape(shape), DType) < Probs).Cast(DType));

    private Tensor Given => _logits ?? _probs!;

    // NaN where the probability is, which a comparison with it is not.
    private Tensor Known(Tensor answer) => Tensor.Where(Gradient.Stop(Given).IsNaN(), double.NaN, answer);

    private Tensor Steps(Tensor value, string method, double below, Tensor between, double above)
    {
        value = CheckValue(value, method);
        return Known(Tensor.Where(value < 0, below, Tensor.Where(value >= 1, above, between)) + Tensor.Where(value.IsNaN(), value, 0.0));
    }
}
