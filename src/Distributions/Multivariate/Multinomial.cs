using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>How often each of K classes comes up in n independent trials: mass n!/∏ xᵢ!·∏ pᵢ^xᵢ.</summary>
public sealed class Multinomial : Distribution
{
    private readonly Categorical _classes;

    private Multinomial(Tensor total, Categorical classes)
    {
        _classes = classes;
        TotalCount = CountVectors.RequireTotal(nameof(Multinomial), total, classes.DType);
        BatchShape = Shape.Broadcast(TotalCount.Shape, classes.BatchShape, nameof(Multinomial));
        Support = CountVectors.Support(TotalCount);
    }

    /// <summary>From probabilities, which are divided by their sum.</summary>
    /// <param name="total">n, the number of trials, [...]; whole.</param>
    /// <param name="probs">[..., K]; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public static Multinomial FromProbs(Tensor total, Tensor probs) => new(total, Categorical.FromProbs(probs));

    /// <summary>From unnormalised log probabilities.</summary>
    /// <param name="total">n, the number of trials, [...]; whole.</param>
    /// <param name="logits">[..., K]: any numbers.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of trials is out of its range.</exception>
    public static Multinomial FromLogits(Tensor total, Tensor logits) => new(total, Categorical.FromLogits(logits));

    /// <summary>n, the number of trials.</summary>
    public Tensor TotalCount { get; }

    /// <summary>The probabilities of the classes, [..., K].</summary>
    public Tensor Probs => _classes.Probs;

    /// <summary>Their logarithms, [..., K].</summary>
    public Tensor LogProbs => _classes.LogProbs;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [_classes.Parameters[0], ("total", TotalCount)];

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override Shape EventShape => [_classes.ClassCount];

    /// <inheritdoc/>
    public override Support Support { get; }

    /// <inheritdoc/>
    public override Measure Measure => Measure.Counting;

    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Estimate.Exact(TotalCount.Unsqueeze(-1) * Probs);

    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null) => Estimate.Exact(TotalCount.Unsqueeze(-1) * Probs * (1 - Probs));

    /// <summary>From ⌊n·p⌋ by giving what is left to the greatest pᵢ/(xᵢ + 1) (Finucan 1964).</summary>
    public override Tensor Mode
    {
        get
        {
            Tensor probs = Gradient.Stop(Probs), total = Gradient.Stop(TotalCount);
            Tensor start = (total.Unsqueeze(-1) * probs * (1 - (4 * DType.Epsilon()))).Floor();
            return CountVectors.Fill(start, total, counts => probs / (counts + 1));
        }
    }

    /// <summary>n·H(p) − ln n! + Σᵢ E[ln Xᵢ!], the expectations as sums over the binomial margins.</summary>
    /// <inheritdoc/>
    public override Estimate Entropy(RandomKey? key = null)
    {
        int most = TotalCount.Size == 0 ? 0 : (int)TotalCount.Max().ToScalar();
        Tensor k = Tensor.Arange(most + 1, DType).Reshape(Shape.Create([most + 1]).Concat([.. Enumerable.Repeat(1, BatchShape.Rank + 1)]));
        Tensor n = TotalCount.Unsqueeze(-1), possible = k <= n, safe = Tensor.Where(possible, k, 0.0);
        Tensor log = (n + 1).LogGamma() - (safe + 1).LogGamma() - (n - safe + 1).LogGamma() + Tensor.XLogY(safe, Probs) + Tensor.XLog1PY(n - safe, -Probs);
        Tensor factorials = (Tensor.Where(possible, log.Exp(), 0.0) * (safe + 1).LogGamma()).Sum(0).Sum(-1);
        return Estimate.Exact(((TotalCount * _classes.Entropy().Value) - (TotalCount + 1).LogGamma() + factorials).BroadcastTo(BatchShape));
    }

    /// <summary>Σ p(xᵢ; n·pᵢ) − p(n; n) with p the log mass of Poisson, in which large counts do not cancel.</summary>
    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value)
    {
        value = value.Cast(DType);
        Tensor none = TotalCount.EqualTo(0.0), total = Tensor.Where(none, 1.0, TotalCount), n = total.Unsqueeze(-1), rate = n * Probs;

        // Where the probability is too small for a number, its logarithm is not.
        Tensor tiny = LogProbs < (DType == DType.Float32 ? -60 : -600);
        Tensor near = PoissonLogMass.Instance.Apply(Tensor.Where(tiny, 0.0, value), Tensor.Where(tiny, 1.0, rate));
        Tensor far = Bernoulli.Weighted(Tensor.Where(tiny, value, 0.0), LogProbs + n.Log()) - (value + 1).LogGamma() - rate;
        return Tensor.Where(none, 0.0, Tensor.Where(tiny, far, near).Sum(-1) - PoissonLogMass.Instance.Apply(total, total));
    }

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) =>
        CountVectors.Draw(key, Gradient.Stop(TotalCount).BroadcastTo(BatchShape), Gradient.Stop(Probs), shape);
}
