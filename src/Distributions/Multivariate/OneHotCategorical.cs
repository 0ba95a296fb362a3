using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>One of K classes as a vector with a single 1: log mass Σ xᵢ·ln pᵢ.</summary>
public sealed class OneHotCategorical : Distribution
{
    private readonly Categorical _classes;

    private OneHotCategorical(Categorical classes) => _classes = classes;

    /// <summary>From probabilities, which are divided by their sum.</summary>
    /// <param name="probs">[..., K]; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">A probability is negative or not finite.</exception>
    public static OneHotCategorical FromProbs(Tensor probs) => new(Categorical.FromProbs(probs));

    /// <summary>From unnormalised log probabilities.</summary>
    /// <param name="logits">[..., K]: any numbers.</param>
    public static OneHotCategorical FromLogits(Tensor logits) => new(Categorical.FromLogits(logits));

    /// <summary>The probabilities, [..., K].</summary>
    public Tensor Probs => _classes.Probs;

    /// <summary>The log probabilities, normalised, [..., K].</summary>
    public Tensor LogProbs => _classes.LogProbs;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => _classes.Parameters;

    /// <inheritdoc/>
    public override Shape BatchShape => _classes.BatchShape;

    /// <inheritdoc/>
    public override Shape EventShape => [_classes.ClassCount];

    /// <inheritdoc/>
    public override Support Support => Support.OneHot;

    /// <inheritdoc/>
    public override Measure Measure => Measure.Counting;

    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Estimate.Exact(Probs);

    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null) => Estimate.Exact(Probs * (1 - Probs));

    /// <summary>The most probable class, the first of several.</summary>
    public override Tensor Mode => Probs.ArgMax(-1).OneHot(_classes.ClassCount, DType);

    /// <inheritdoc/>
    public override Estimate Entropy(RandomKey? key = null) => _classes.Entropy(key);

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value) => Bernoulli.Weighted(value.Cast(DType), LogProbs).Sum(-1);

    /// <summary>
    /// Draws whose gradient is taken to be that of the probabilities: the straight-through estimator (Bengio, Léonard and Courville 2013), which is biased.
    /// That is why the family is not <see cref="IReparameterized"/>.
    /// </summary>
    /// <param name="key">The source of randomness.</param>
    /// <param name="shape">The sample shape.</param>
    public Tensor StraightThroughSample(RandomKey key, Shape shape = default)
    {
        Tensor probs = Probs;
        return Sample(key, shape) + (probs - Gradient.Stop(probs));
    }

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => _classes.Sample(key, shape).OneHot(_classes.ClassCount, DType);
}
