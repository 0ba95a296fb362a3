using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// The distribution of a variational autoencoder: p(y) = ∫ p(y|z)·p(z) dz, over latent variables z. It can be sampled, and its log density can be bounded from
/// below, but not computed: there is no <c>LogProb</c>.
/// </summary>
public sealed class Vae : Sampler, IEvidence
{
    // Numbers of a decoded batch that are computed at once: bounds the memory of estimates from many draws.
    private const int DecodedSize = 1 << 22;

    private readonly VaeHead _head;
    private readonly HeldWeights _weights;
    private readonly AffineUnits _units;

    internal Vae(VaeHead head, Tensor features, HeldWeights weights, AffineUnits units = default)
    {
        (_head, Features, _weights, _units) = (head, features, weights, units);
        LogDeterminant = units.LogFactor(EventShape, features.DType);
    }

    /// <inheritdoc/>
    public override Shape BatchShape => Features.Shape[..^1];

    /// <inheritdoc/>
    public override Shape EventShape => _head.TargetShape;

    /// <inheritdoc/>
    public override DType DType => Features.DType;

    /// <summary>That of the likelihood: counting for labels, pixels that are on or off, and counts.</summary>
    public Measure Measure => _head.Measure;

    /// <summary>Number of latent variables.</summary>
    public int LatentSize => _head.LatentSize;

    /// <summary>p(z), a distribution of vectors [latent]; of batch shape [] unless the prior depends on the features.</summary>
    public Distribution Prior => PriorAt(Features);

    /// <summary>[..., features].</summary>
    internal Tensor Features { get; }

    /// <summary>ln of the factor of the standardization, summed over the outputs.</summary>
    internal Tensor LogDeterminant { get; }

    /// <summary>Draws of z from its prior, one for each element of the batch, of shape <paramref name="shape"/> + batch + [latent].</summary>
    /// <param name="key">The source of randomness.</param>
    /// <param name="shape">The sample shape: [] for one draw each.</param>
    public Tensor SampleLatent(RandomKey key, Shape shape = default)
    {
        Distribution prior = Prior;
        return prior.Sample(key, prior.BatchShape.Rank == 0 ? shape.Concat(BatchShape) : shape);
    }

    /// <summary>q(z|y): what the encoder makes of examples, a distribution of vectors [latent].</summary>
    /// <param name="y">[..., outputs], whose leading axes broadcast against the batch shape.</param>
    /// <exception cref="ShapeException">The examples are of another shape.</exception>
    public Distribution Encode(Tensor y)
    {
        Shape lead = Lead(y, EventShape, nameof(Encode));
        return Posterior(Standardize(y).BroadcastTo(lead.Concat(EventShape)), FeaturesAt(lead));
    }

    /// <summary>p(y|z): what the decoder makes of latent variables, as its head predicts it.</summary>
    /// <param name="z">[..., latent], whose leading axes broadcast against the batch shape.</param>
    /// <exception cref="ShapeException">The latent variables are of another shape.</exception>
    public Distribution Decode(Tensor z)
    {
        Shape latent = [LatentSize], lead = Lead(z, latent, nameof(Decode));
        return InOriginalUnits(Likelihood(z.BroadcastTo(lead.Concat(latent)), FeaturesAt(lead)));
    }

    /// <summary>p(y'|z) at the mean z of q(z|y): what is left of examples after they went through the latent variables.</summary>
    /// <param name="y">[..., outputs].</param>
    public Distribution Reconstruct(Tensor y) => Decode(LatentVectors.Mean(Encode(y), DefaultKey));

    /// <summary>
    /// The evidence lower bound E_q[ln p(y|z)] − KL(q(z|y)‖p(z)), with the divergence in closed form where it has one. The standard error is that of the draws.
    /// </summary>
    /// <param name="value">[..., outputs].</param>
    /// <param name="key">The source of randomness.</param>
    /// <param name="samples">Draws of z an example. Of one there is no standard error: it is NaN.</param>
    /// <returns>In nats, with the shape of the leading axes, broadcast against the batch shape.</returns>
    public Estimate Elbo(Tensor value, RandomKey key, int samples) =>
        Estimate.MonteCarlo(Terms(value, key, samples, nameof(Elbo), isClosed: true)) with { Kind = Evidence.LowerBound };

    /// <summary>KL(q(z|y)‖p(z)): the nats of an example that its latent variables tell; in closed form where it has one.</summary>
    /// <param name="value">[..., outputs].</param>
    /// <param name="key">The source of randomness; null is a fixed key.</param>
    /// <param name="samples">Draws of z an example, where there is no closed form.</param>
    public Estimate Divergence(Tensor value, RandomKey? key = null, int samples = 64)
    {
        Distribution posterior = Encode(value), prior = Prior;
        return LatentVectors.ClosedDivergence(posterior, prior) is { } closed
            ? Estimate.Exact(closed.Sum(-1))
            : Estimate.MonteCarlo(
                VaeHead.DrawWithDivergence((posterior, prior, null), key ?? DefaultKey, [RequireSamples(samples, nameof(Divergence))]).Divergence.Squeeze(-1));
    }

    /// <summary>
    /// The importance-weighted lower bound ln (1/K)·Σₖ p(y|zₖ)·p(zₖ)/q(zₖ|y) (Burda, Grosse and Salakhutdinov 2016): on average below ln p(y), and closer to
    /// it the more draws. The standard error is that of the logarithm of a mean of K weights, by the delta method; of one draw it is NaN. −∞ for examples that are not in the
    /// support of the likelihood.
    /// </summary>
    /// <inheritdoc/>
    public Estimate LogProbEstimate(Tensor value, RandomKey key, int samples)
    {
        Tensor log = Terms(value, key, samples, nameof(LogProbEstimate), isClosed: false);
        Tensor bound = log.LogSumExp(0) - Math.Log(samples), ratio = Gradient.Stop(log - bound).Exp();
        return new Estimate(bound, ratio.Std(0) / Math.Sqrt(samples), Evidence.LowerBound);
    }

    /// <summary>How unlikely examples are, in nats: minus the importance-weighted bound. High for what does not look like the training data.</summary>
    /// <param name="value">[..., outputs].</param>
    /// <param name="key">The source of randomness.</param>
    /// <param name="samples">Draws of z an example.</param>
    public Tensor AnomalyScore(Tensor value, RandomKey key, int samples = 64) => -LogProbEstimate(value, key, samples).Value;

    /// <summary>The variance over examples of the posterior mean of each latent variable, [latent].</summary>
    /// <param name="y">[n, outputs]; at least two examples.</param>
    /// <exception cref="ShapeException">There are not at least two examples, which a variance needs.</exception>
    public Tensor LatentActivity(Tensor y)
    {
        Tensor means = LatentVectors.Mean(Encode(y), DefaultKey);
        int n = means.Size / LatentSize;
        return n >= 2
            ? means.Reshape([n, LatentSize]).Var(0)
            : throw new ShapeException($"Vae.LatentActivity: the examples have shape {y.Shape}; a variance over examples needs at least two.");
    }

    /// <summary>How many latent variables tell something about examples: those whose <see cref="LatentActivity"/> is above a threshold (Burda et al. 2016).</summary>
    /// <param name="y">[n, outputs].</param>
    /// <param name="threshold">The least variance of a unit that counts.</param>
    public int ActiveUnits(Tensor y, double threshold = 0.01) => (int)(LatentActivity(y) > threshold).Cast(DType.Int64).Sum().ToScalar();

    /// <summary>p(y|z) along one latent variable, the others as they are.</summary>
    /// <param name="origin">z, [..., latent].</param>
    /// <param name="unit">Which one is moved.</param>
    /// <param name="values">Its values, [steps].</param>
    /// <returns>Of batch shape [steps] + the leading axes of <paramref name="origin"/>, broadcast against the batch shape.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such latent variable.</exception>
    public Distribution LatentTraversal(Tensor origin, int unit, Tensor values)
    {
        if (unit < 0 || unit >= LatentSize)
        {
            throw new ArgumentOutOfRangeException(
                nameof(unit), unit, FormattableString.Invariant($"Vae.LatentTraversal: there are the latent variables 0 to {LatentSize - 1}."));
        }

        Shape latent = [LatentSize];
        Tensor z = origin.BroadcastTo(Lead(origin, latent, nameof(LatentTraversal)).Concat(latent));
        Tensor mask = Tensor.Arange(LatentSize).EqualTo(unit), steps = values.Cast(DType).Reshape(Shape.Create([values.Size]).Concat([.. Enumerable.Repeat(1, z.Rank)]));
        return Decode(Tensor.Where(mask, steps, z));
    }

    /// <summary>(y − loc)/scale of the standardization.</summary>
    internal Tensor Standardize(Tensor y) => _units.ToNetwork(y.Cast(DType));

    /// <summary>The distribution of loc + scale·Y.</summary>
    internal Vae Rescale(Tensor loc, Tensor scale) => new(_head, Features, _weights, _units.Then(loc, scale));

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape)
    {
        (RandomKey forLatent, RandomKey forOutcome) = key.Split();
        Shape lead = shape.Concat(BatchShape), latent = [LatentSize];
        Tensor z = Rows(SampleLatent(forLatent, shape), latent), features = Rows(FeaturesAt(lead), Features.Shape[^1..]);
        Tensor draws = Blocks(z.Shape[0], EventShape.Size, (from, count) =>
        {
            Distribution outcomes = InOriginalUnits(Likelihood(z[from..(from + count)], features[from..(from + count)]));
            return outcomes.Sample(from == 0 ? forOutcome : forOutcome.FoldIn((ulong)from));
        });
        return draws.Reshape(SampleShape(shape));
    }

    // [samples] + leading axes: ln p(y|z) less the divergence, in closed form or that of the draw, ln q(z|y) − ln p(z), of each draw of z.
    private Tensor Terms(Tensor value, RandomKey key, int samples, string method, bool isClosed)
    {
        RequireSamples(samples, method);
        Shape lead = Lead(value, EventShape, method);
        Tensor given = value.BroadcastTo(lead.Concat(EventShape)), isPossible = _head.Holds(given);
        given = Tensor.Where(isPossible.Unsqueeze(-1), given.Cast(DType), _head.Possible(DType));
        Tensor y = Rows(Standardize(given), EventShape), features = Rows(FeaturesAt(lead), Features.Shape[^1..]);
        Distribution posterior = Posterior(y, features), prior = PriorAt(features);
        Tensor? closed = isClosed ? LatentVectors.ClosedDivergence(posterior, prior) : null;
        Tensor terms = Blocks(samples, y.Size, (from, count) =>
        {
            (Tensor z, Tensor divergence) = VaeHead.DrawWithDivergence((posterior, prior, closed), key.FoldIn((ulong)from), [count]);
            return LogLikelihood(y, z, features) - divergence.Sum(-1);
        });
        return Tensor.Where(isPossible, terms.Reshape(Shape.Create([samples]).Concat(lead)) - LogDeterminant, double.NegativeInfinity);
    }

    // ln p(y|z), [draws, rows], of z [draws, rows, latent], with a check of the support, which training has done before.
    private Tensor LogLikelihood(Tensor y, Tensor z, Tensor features)
    {
        int draws = z.Shape[0];
        Distribution likelihood = Likelihood(Rows(z, [LatentSize]), Repeat(features, draws));
        Tensor log = likelihood.LogProb(Repeat(y, draws));
        return (likelihood.EventShape.Rank == 0 ? log.Sum(-1) : log).Reshape([draws, y.Shape[0]]);
    }

    private Distribution Posterior(Tensor y, Tensor features) => _weights.In(() => _head.Posterior(y, features, ForwardContext.Inference));

    private Distribution PriorAt(Tensor features) => _weights.In(() => _head.Prior(features, ForwardContext.Inference));

    private Distribution Likelihood(Tensor z, Tensor features) => _weights.In(() => _head.Likelihood(z, features, ForwardContext.Inference));

    private Distribution InOriginalUnits(Distribution likelihood) =>
        _units is { Loc: { } loc, Scale: { } scale } ? _head.Rescale(likelihood, loc, scale) : likelihood;

    private Tensor FeaturesAt(Shape lead) => Features.BroadcastTo(lead.Concat(Features.Shape[^1..]));

    private Shape Lead(Tensor x, Shape last, string method) => x.Rank >= 1 && x.Shape[^1..] == last
        ? Shape.Broadcast(x.Shape[..^1], BatchShape, $"Vae.{method}")
        : throw new ShapeException($"Vae.{method}: got a tensor of shape {x.Shape}; its last axis must be {last} (batch shape {BatchShape}).");

    // A function of (from, count) for all of a number of items, joined along the first axis; at once as many as decode to a bounded size.
    private static Tensor Blocks(int items, int sizeOfOne, Func<int, int, Tensor> function)
    {
        int atOnce = Math.Clamp(DecodedSize / Math.Max(1, sizeOfOne), 1, Math.Max(1, items));
        var parts = new List<Tensor>();
        for (int from = 0; from == 0 || from < items; from += atOnce)
        {
            parts.Add(function(from, Math.Min(atOnce, items - from)));
        }

        return parts.Count == 1 ? parts[0] : Tensor.Concat(parts);
    }

    private static Tensor Rows(Tensor x, Shape last) => x.Rank == 2 ? x : x.Reshape([x.Shape[..^1].Size, last[0]]);

    private static Tensor Repeat(Tensor rows, int count) =>
        count == 1 ? rows : rows.BroadcastTo(Shape.Create([count]).Concat(rows.Shape)).Reshape([count * rows.Shape[0], rows.Shape[1]]);

    private static int RequireSamples(int samples, string method) => samples >= 1
        ? samples
        : throw new ArgumentOutOfRangeException(nameof(samples), samples, $"Vae.{method}: at least one draw is needed.");
}
