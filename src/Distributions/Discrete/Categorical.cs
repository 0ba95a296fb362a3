using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// One of K classes, numbered 0 to K − 1. Given by probabilities or, where these may come close to 0, by logits, whose softmax they are. The number of a class
/// is a name: mean and variance are NaN. Distribution function, quantiles and CRPS (here the ranked probability score; Epstein 1969) mean
/// something where the classes have an order.
/// </summary>
public sealed class Categorical : Univariate
{
    private readonly Tensor? _probs, _logits;

    private Categorical(Tensor? probs, Tensor? logits)
    {
        _probs = probs;
        _logits = logits;
        if (Given.Rank == 0 || Given.Shape[-1] == 0)
        {
            throw new ShapeException(
                $"Categorical: {Parameters[0].Name} has shape {Given.Shape}; its last axis lists the classes and must not be empty: [..., classes].");
        }

        LogProbs = logits?.LogSoftmax() ?? Numeric.Log(Probs);
    }

    /// <summary>From probabilities, which are divided by their sum.</summary>
    /// <param name="probs">[..., classes]; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">A probability is negative or not finite.</exception>
    /// <exception cref="ShapeException">There is no class.</exception>
    public static Categorical FromProbs(Tensor probs) =>
        new(ParameterChecks.NonNegative(nameof(Categorical), nameof(probs), ParameterChecks.Single(nameof(Categorical), probs)), null);

    /// <summary>From unnormalised log probabilities.</summary>
    /// <param name="logits">[..., classes]: any numbers.</param>
    /// <exception cref="ShapeException">There is no class.</exception>
    public static Categorical FromLogits(Tensor logits) => new(null, ParameterChecks.Single(nameof(Categorical), logits));

    /// <summary>The probabilities, [..., classes].</summary>
    public Tensor Probs => _logits is null ? _probs! / _probs!.Sum(-1, keepDims: true) : _logits.Softmax();

    /// <summary>The log probabilities, normalised, [..., classes].</summary>
    public Tensor LogProbs { get; }

    /// <summary>K, the number of classes.</summary>
    public int ClassCount => Given.Shape[-1];

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [_probs is null ? ("logits", Given) : ("probs", Given)];

    /// <inheritdoc/>
    public override Shape BatchShape => Given.Shape[..^1];

    /// <inheritdoc/>
    public override DType DType => Given.DType;

    /// <inheritdoc/>
    public override Support Support => Support.IntegerInterval(0.0, ClassCount - 1.0);

    /// <inheritdoc/>
    public override Measure Measure => Measure.Counting;

    /// <summary>NaN: classes are names.</summary>
    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Estimate.Exact(Tensor.Full(BatchShape, double.NaN, DType));

    /// <summary>NaN: classes are names.</summary>
    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null) => Estimate.Exact(Tensor.Full(BatchShape, double.NaN, DType));

    /// <summary>The most probable class, the first of several.</summary>
    public override Tensor Mode => Known(Given.ArgMax(-1).Cast(DType));

    /// <inheritdoc/>
    public override Estimate Entropy(RandomKey? key = null) => Estimate.Exact(-Bernoulli.Weighted(Probs, LogProbs).Sum(-1));

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value)
    {
        value = value.Cast(DType);
        return Pick(LogProbs, Tensor.Arange(ClassCount, DType).EqualTo(value.Unsqueeze(-1))) + (0 * value);
    }

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor value) => Tail(value, nameof(Cdf), upper: false);

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor value) => LogTail(value, nameof(LogCdf), upper: false);

    /// <inheritdoc/>
    public override Tensor Survival(Tensor value) => Tail(value, nameof(Survival), upper: true);

    /// <inheritdoc/>
    public override Tensor LogSurvival(Tensor value) => LogTail(value, nameof(LogSurvival), upper: true);

    /// <inheritdoc/>
    public override Tensor Quantile(Tensor probability)
    {
        Tensor p = CheckProbability(probability);

        // The number of classes whose distribution function stays below p; rounding of the sum must not keep the last one below 1.
        Tensor cdf = Gradient.Stop(Probs).CumSum(-1) + (2 * ClassCount * DType.Epsilon());
        Tensor count = (cdf < p.Unsqueeze(-1)).Cast(DType).Sum(-1).Clip(0, ClassCount - 1);
        return Known(Tensor.Where((p >= 0) & (p <= 1), count, double.NaN));
    }

    /// <inheritdoc/>
    public override Evidence QuantileEvidence => Evidence.Exact;

    /// <summary>Σₖ (F(k) − 1{y ≤ k})², the ranked probability score.</summary>
    /// <inheritdoc/>
    public override Tensor Crps(Tensor value)
    {
        value = CheckValue(value, nameof(Crps));
        Tensor cdf = Probs.CumSum(-1);
        Tensor reached = (Tensor.Arange(ClassCount, DType) >= value.Unsqueeze(-1)).Cast(DType);
        return (cdf - reached).Square().Sum(-1) + (0 * value);
    }

    /// <inheritdoc/>
    public override Evidence CrpsEvidence => Evidence.Exact;

    /// <summary>
    /// Draws of class numbers, of type Int64, by the Gumbel maximum: argmax(ln p + G). A whole number cannot be NaN: where the probabilities are, class 0 is drawn.
    /// </summary>
    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape)
    {
        Tensor logProbs = Gradient.Stop(LogProbs);
        return (logProbs + key.Gumbel(shape.Concat(logProbs.Shape), DType)).ArgMax(-1);
    }

    private Tensor Given => _logits ?? _probs!;

    // NaN where a probability is, which a comparison with it is not.
    private Tensor Known(Tensor answer) => Tensor.Where(Gradient.Stop(Given).IsNaN().Any(-1), double.NaN, answer);

    private Tensor Tail(Tensor value, string method, bool upper)
    {
        value = CheckValue(value, method);
        Tensor classes = Tensor.Arange(ClassCount, DType), at = value.Unsqueeze(-1);
        return Known(Pick(Probs, upper ? classes > at : classes <= at) + Tensor.Where(value.IsNaN(), value, 0.0));
    }

    // A tail that is empty has no gradient.
    private Tensor LogTail(Tensor value, string method, bool upper)
    {
        value = CheckValue(value, method);
        Tensor classes = Tensor.Arange(ClassCount, DType), at = value.Unsqueeze(-1), inside = upper ? classes > at : classes <= at;
        Tensor empty = Tensor.Where(inside, Gradient.Stop(LogProbs), double.NegativeInfinity).Max(-1).EqualTo(double.NegativeInfinity);
        Tensor log = Tensor.Where(inside | empty.Unsqueeze(-1), LogProbs, double.NegativeInfinity).LogSumExp(-1);
        return Numeric.Propagate(value, Tensor.Where(empty, double.NegativeInfinity, Tensor.Minimum(log, 0.0)));
    }

    private static Tensor Pick(Tensor x, Tensor mask) => Tensor.Where(mask, x, 0.0).Sum(-1);
}
