using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>A density that is constant between edges: pₖ/(eₖ₊₁ − eₖ) on [eₖ, eₖ₊₁).</summary>
public sealed class Histogram : Univariate, IReparameterized, ILocationScale<Histogram>
{
    private readonly Tensor? _probs, _logits;

    private Histogram(Tensor edges, Tensor? probs, Tensor? logits)
    {
        (Edges, _probs, _logits) = (edges, probs, logits);
        if (Edges.Rank == 0 || Given.Rank == 0 || Given.Shape[-1] == 0 || Edges.Shape[-1] != Given.Shape[-1] + 1)
        {
            throw new ShapeException(
                $"Histogram: {Edges.Shape} edges do not fit {Parameters[1].Name} of shape {Given.Shape}; the last axis lists n + 1 edges of n bins, n from 1.");
        }

        BatchShape = BroadcastParameters(nameof(Histogram), ("edges", Edges[TensorIndex.Ellipsis, 1..]), (Parameters[1].Name, Given))[..^1];
        ParameterChecks.Ordered("Histogram, edges", Edges[TensorIndex.Ellipsis, ..^1], Edges[TensorIndex.Ellipsis, 1..]);
        LogProbs = logits?.LogSoftmax() ?? Numeric.Log(Probs);
    }

    /// <summary>From the probabilities of the bins, which are divided by their sum.</summary>
    /// <param name="edges">[..., bins + 1], ascending and finite.</param>
    /// <param name="probs">[..., bins]; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">Edges are not in order, or a probability is negative or not finite.</exception>
    /// <exception cref="ShapeException">There is not one edge more than there are bins.</exception>
    public static Histogram FromProbs(Tensor edges, Tensor probs)
    {
        ParameterChecks.Align(nameof(Histogram), ref edges, ref probs);
        return new(CheckedEdges(edges), ParameterChecks.NonNegative(nameof(Histogram), nameof(probs), probs), null);
    }

    /// <summary>From unnormalised log probabilities of the bins.</summary>
    /// <param name="edges">[..., bins + 1], ascending and finite.</param>
    /// <param name="logits">[..., bins]: any numbers.</param>
    /// <exception cref="ArgumentOutOfRangeException">Edges are not in order.</exception>
    /// <exception cref="ShapeException">There is not one edge more than there are bins.</exception>
    public static Histogram FromLogits(Tensor edges, Tensor logits)
    {
        ParameterChecks.Align(nameof(Histogram), ref edges, ref logits);
        return new(CheckedEdges(edges), null, logits);
    }

    /// <summary>The histogram of observations: the share of them in each bin. What lies outside of the edges is not counted; the last edge belongs to the last bin.</summary>
    /// <param name="points">The observations, [points].</param>
    /// <param name="edges">[bins + 1], ascending and finite.</param>
    /// <exception cref="ArgumentException">No observation lies between the edges.</exception>
    public static Histogram Fit(Tensor points, Tensor edges)
    {
        ParameterChecks.Align(nameof(Histogram), ref points, ref edges);
        int bins = edges.Shape[^1] - 1;
        double[] counts = new double[bins], ends = edges.ToDoubles();
        foreach (double x in points.ToDoubles())
        {
            int found = Array.BinarySearch(ends, x), bin = found >= 0 ? Math.Min(found, bins - 1) : ~found - 1;
            if (x >= ends[0] && x <= ends[bins])
            {
                counts[bin]++;
            }
        }

        return Array.TrueForAll(counts, n => n == 0)
            ? throw new ArgumentException(
                FormattableString.Invariant($"Histogram: none of the {points.Size} observations lies between the edges {ends[0]:R} and {ends[bins]:R}."), nameof(points))
            : FromProbs(edges, Numeric.As(counts, [bins], edges.DType));
    }

    /// <summary>The edges of the bins, [..., bins + 1], ascending.</summary>
    public Tensor Edges { get; }

    /// <summary>The probabilities of the bins, [..., bins].</summary>
    public Tensor Probs => _logits is null ? _probs! / _probs!.Sum(-1, keepDims: true) : _logits.Softmax();

    /// <summary>The log probabilities of the bins, [..., bins].</summary>
    public Tensor LogProbs { get; }

    /// <summary>How many bins there are.</summary>
    public int BinCount => Given.Shape[-1];

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("edges", Edges), (_probs is null ? "logits" : "probs", Given)];

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override Support Support => Support.Interval(Edges[TensorIndex.Ellipsis, 0], Edges[TensorIndex.Ellipsis, BinCount]);

    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Estimate.Exact((Probs * Middles).Sum(-1).BroadcastTo(BatchShape));

    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null)
    {
        Tensor within = Widths.Square() / 12, between = (Middles - Mean().Value.Unsqueeze(-1)).Square();
        return Estimate.Exact((Probs * (within + between)).Sum(-1).BroadcastTo(BatchShape));
    }

    /// <summary>The middle of the bin of greatest density.</summary>
    public override Tensor Mode => Rows.Read(Middles, (LogProbs - Widths.Log()).BroadcastTo(BatchShape.Concat([BinCount])).ArgMax(-1));

    /// <inheritdoc/>
    public override Estimate Entropy(RandomKey? key = null) =>
        Estimate.Exact(-Bernoulli.Weighted(Probs, LogProbs - Widths.Log()).Sum(-1).BroadcastTo(BatchShape));

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value)
    {
        Tensor bin = Bin(value);
        return Rows.Read(LogProbs, bin) - Rows.Read(Widths, bin).Log() + (0 * value) + Poison;
    }

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor value) => Tail(CheckValue(value, nameof(Cdf)), upper: false);

    /// <inheritdoc/>
    public override Tensor Survival(Tensor value) => Tail(CheckValue(value, nameof(Survival)), upper: true);

    /// <inheritdoc/>
    public override Tensor Quantile(Tensor probability)
    {
        Tensor p = CheckProbability(probability), valid = (p >= 0) & (p <= 1), inside = Tensor.Where(valid, p, 0.5);
        Tensor below = Below, bin = Column(Rows.Find(below[TensorIndex.Ellipsis, 1..], inside));
        Tensor mass = Rows.Read(Probs, bin), any = mass > 0;
        Tensor part = Tensor.Where(any, (inside - Rows.Read(below, bin)) / Tensor.Where(any, mass, 1.0), 0.0);
        Tensor low = Rows.Read(Edges, bin), high = Rows.Read(Edges, bin + Tensor.Scalar(1, DType.Int64));

        // From the nearer edge, so that the ends are met exactly.
        Tensor x = Tensor.Where(part < 0.5, low + (part * (high - low)), high - ((1 - part) * (high - low)));
        return Tensor.Where(valid, Tensor.Minimum(Tensor.Maximum(x, low), high), double.NaN);
    }

    /// <inheritdoc/>
    public override Evidence QuantileEvidence => Evidence.Exact;

    /// <summary>The integral of the square of a function that is linear in each bin, which is cut at y.</summary>
    /// <inheritdoc/>
    public override Tensor Crps(Tensor value)
    {
        Tensor y = CheckValue(value, nameof(Crps)), first = Edges[TensorIndex.Ellipsis, 0], last = Edges[TensorIndex.Ellipsis, BinCount];
        Tensor at = Tensor.Minimum(Tensor.Maximum(y, first), last);
        Tensor low = Edges[TensorIndex.Ellipsis, ..^1], cut = Tensor.Minimum(Tensor.Maximum(at.Unsqueeze(-1), low), Edges[TensorIndex.Ellipsis, 1..]), left = cut - low;
        Tensor share = left / Widths, cdf = Below, survival = Above;
        Tensor before = Squares(left, cdf[TensorIndex.Ellipsis, ..^1], cdf[TensorIndex.Ellipsis, ..^1] + (share * Probs));
        Tensor after = Squares(Widths - left, survival[TensorIndex.Ellipsis, 1..], survival[TensorIndex.Ellipsis, 1..] + ((1 - share) * Probs));
        return (before + after).Sum(-1) + (y - at).Abs();

        static Tensor Squares(Tensor width, Tensor a, Tensor b) => width * (a.Square() + (a * b) + b.Square()) / 3;
    }

    /// <inheritdoc/>
    public override Evidence CrpsEvidence => Evidence.Exact;

    /// <summary>By inversion.</summary>
    /// <inheritdoc/>
    public Tensor RSample(RandomKey key, Shape shape = default) => Quantile(key.UniformOpen(SampleShape(shape), DType));

    /// <inheritdoc/>
    public Histogram AffineTransform(Tensor loc, Tensor scale) =>
        new((loc.Rank == 0 ? loc : loc.Unsqueeze(-1)) + ((scale.Rank == 0 ? scale : scale.Unsqueeze(-1)) * Edges), _probs, _logits);

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => RSample(key, shape);

    // The density jumps at the edges.
    internal override QuadratureRule Quadrature(Tensor? cuts = null)
    {
        Shape batch = cuts is null ? BatchShape : Shape.Broadcast(cuts.Shape[1..], BatchShape);
        Tensor edges = Edges.BroadcastTo(batch.Concat([BinCount + 1])).MoveAxis(-1, 0);
        return QuadratureRule.Of(this, cuts is null ? edges : Tensor.Concat([cuts.BroadcastTo(cuts.Shape[..1].Concat(batch)), edges]));
    }

    private Tensor Given => _logits ?? _probs!;

    private Tensor Widths => Edges[TensorIndex.Ellipsis, 1..] - Edges[TensorIndex.Ellipsis, ..^1];

    private Tensor Middles => 0.5 * (Edges[TensorIndex.Ellipsis, 1..] + Edges[TensorIndex.Ellipsis, ..^1]);

    // P(X ≤ eₖ) and P(X > eₖ), [..., bins + 1].
    private Tensor Below => Tensor.Concat([0 * Probs[TensorIndex.Ellipsis, ..1], Probs.CumSum(-1)], -1);

    private Tensor Above => Tensor.Concat([Probs.Flip(-1).CumSum(-1).Flip(-1), 0 * Probs[TensorIndex.Ellipsis, ..1]], -1);

    // 0, or NaN where an edge is.
    private Tensor Poison => (0 * Edges).Sum(-1);

    private BatchRows Rows => new(BatchShape);

    private Tensor Bin(Tensor value) => Column(Tensor.Maximum(Rows.Find(Edges, value, right: true) - Tensor.Scalar(1, DType.Int64), Tensor.Scalar(0, DType.Int64)));

    private Tensor Column(Tensor at) => Tensor.Minimum(at, Tensor.Scalar(BinCount - 1, DType.Int64));

    private Tensor Tail(Tensor value, bool upper)
    {
        Tensor x = Tensor.Minimum(Tensor.Maximum(value, Edges[TensorIndex.Ellipsis, 0]), Edges[TensorIndex.Ellipsis, BinCount]);
        Tensor bin = Bin(x), next = bin + Tensor.Scalar(1, DType.Int64);
        Tensor low = Rows.Read(Edges, bin), high = Rows.Read(Edges, next), density = Rows.Read(Probs, bin) / (high - low);
        return Numeric.Propagate(value, upper ? Rows.Read(Above, next) + (density * (high - x)) : Rows.Read(Below, bin) + (density * (x - low)));
    }

    private static Tensor CheckedEdges(Tensor edges) => ParameterChecks.Finite(nameof(Histogram), nameof(edges), edges);
}
