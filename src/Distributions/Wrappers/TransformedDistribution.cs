using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The distribution of t(X) for a monotone map t of the line: density f(x)/|t′(x)| at y = t(x). Everything that is exact for X stays exact, but the CRPS of
/// a map that is not affine, and the moments.
/// </summary>
public sealed class TransformedDistribution : Univariate
{
    private Support? _support;

    /// <summary>Creates the distribution.</summary>
    /// <param name="source">The distribution of X, which has a density.</param>
    /// <param name="transform">The map, of numbers.</param>
    /// <exception cref="ArgumentException">X is discrete, or the map is one of vectors.</exception>
    public TransformedDistribution(Univariate source, Transform transform)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(transform);
        if (source.Measure != Measure.Lebesgue)
        {
            throw new ArgumentException(
                $"TransformedDistribution: {source.Name} has {source.Measure} measure; only a distribution with a density can be transformed.", nameof(source));
        }

        if (transform.EventRank != 0 || transform.OutputRank != 0)
        {
            throw new ArgumentException($"TransformedDistribution: {transform} maps vectors; a map of numbers is needed for a distribution of one number.", nameof(transform));
        }

        Source = source;
        Transform = transform;
        BatchShape = Shape.Broadcast(source.BatchShape, transform.BatchShape, Name);
    }

    /// <summary>The distribution of X.</summary>
    public Univariate Source { get; }

    /// <summary>The map.</summary>
    public Transform Transform { get; }

    /// <inheritdoc/>
    public override string Name => $"{Transform}({Source.Name})";

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [.. Source.Parameters, .. Transform.Parameters];

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override DType DType => Source.DType;

    /// <inheritdoc/>
    public override Support Support => _support ??= ReferenceEquals(Source.Support, Transform.Domain) ? Transform.Codomain : new ImageSupport(Source.Support, Transform);

    /// <inheritdoc/>
    public override Evidence LogProbEvidence => Source.LogProbEvidence;

    /// <summary>Exact for an affine map, else by quadrature.</summary>
    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Transform is AffineTransform
        ? Source.Mean(key) switch { var mean => mean with { Value = Wide(Transform.Forward(mean.Value)), StandardError = Wide(mean.StandardError * Scale.Abs()) } }
        : Quadrature().Moments().Mean;

    /// <inheritdoc cref="Mean"/>
    public override Estimate Variance(RandomKey? key = null) => Transform is AffineTransform
        ? Source.Variance(key) switch { var v => v with { Value = Wide(v.Value * Scale.Square()), StandardError = Wide(v.StandardError * Scale.Square()) } }
        : Quadrature().Moments().Variance;

    /// <inheritdoc/>
    public override Tensor Mode => Transform is AffineTransform ? Wide(Transform.Forward(Source.Mode)) : NumericMode.Find(this);

    /// <inheritdoc/>
    public override Estimate Entropy(RandomKey? key = null)
    {
        if (Transform is not AffineTransform)
        {
            return base.Entropy(key);
        }

        Estimate entropy = Source.Entropy(key);
        return entropy with { Value = Wide(entropy.Value + Scale.Abs().Log()), StandardError = Wide(entropy.StandardError) };
    }

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value)
    {
        (Tensor x, Tensor logDet) = Transform.InverseAndLogDet(value);
        return Source.LogDensity(x) + logDet;
    }

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor value) => Tail(value, nameof(Cdf), Source.Cdf, Source.Survival, 0, 1);

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor value) =>
        Tail(value, nameof(LogCdf), Source.LogCdf, Source.LogSurvival, double.NegativeInfinity, 0);

    /// <inheritdoc/>
    public override Tensor Survival(Tensor value) => Tail(value, nameof(Survival), Source.Survival, Source.Cdf, 1, 0);

    /// <inheritdoc/>
    public override Tensor LogSurvival(Tensor value) =>
        Tail(value, nameof(LogSurvival), Source.LogSurvival, Source.LogCdf, 0, double.NegativeInfinity);

    /// <inheritdoc/>
    public override Tensor Quantile(Tensor probability)
    {
        Tensor p = CheckProbability(probability);
        return Transform.Forward(Source.Quantile(Transform.ByTrend(() => p, () => 1 - p)));
    }

    /// <inheritdoc/>
    public override Evidence QuantileEvidence => Source.QuantileEvidence;

    /// <summary>|scale|·CRPS of X for an affine map, else numeric.</summary>
    /// <inheritdoc/>
    public override Tensor Crps(Tensor value)
    {
        value = CheckValue(value, nameof(Crps));
        return Transform is AffineTransform ? Scale.Abs() * Source.Crps(Transform.Inverse(value)) : base.Crps(value);
    }

    /// <inheritdoc/>
    public override Evidence CrpsEvidence => Transform is AffineTransform ? Source.CrpsEvidence : Evidence.Numeric;

    /// <inheritdoc/>
    public override IReparameterized? AsReparameterized() => Source.AsReparameterized() is { } inner
        ? new ReparameterizedSampler((key, shape) => Transform.Forward(inner.RSample(key, Extended(shape))))
        : null;

    internal override QuadratureRule Quadrature(Tensor? cuts = null)
    {
        QuadratureRule rule = Source.Quadrature(QuadratureRule.Joined(cuts is null ? null : Transform.Inverse(cuts), OwnKinks));
        Tensor source = Aligned(rule.Points), points = Transform.Forward(source);
        if (!points.IsSymbolic && points.Levels > 0 && Gradient.Stop(points).IsFinite() is var finite && !(bool)finite.All())
        {
            // Beyond the range of the type no point has derivatives.
            points = Tensor.Where(finite, Transform.Forward(Tensor.Where(finite, source, Gradient.Stop(Source.Support.InteriorPoint(DType)))), Gradient.Stop(points));
        }

        return new(points.BroadcastTo(points.Shape[..1].Concat(Shape.Broadcast(points.Shape[1..], BatchShape))), Aligned(rule.Weights), Aligned(rule.Coarse));

        // [points] + the batch of X, with ones for the axes that only the map has.
        Tensor Aligned(Tensor x) => x.Rank > BatchShape.Rank ? x : x.Reshape(x.Shape[..1].Concat(Ones(BatchShape.Rank - x.Rank + 1)).Concat(x.Shape[1..]));
    }

    internal override Tensor? Kinks => QuadratureRule.Joined(OwnKinks, Source.Kinks) is { } kinks ? Transform.Forward(kinks) : null;

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => Transform.Forward(Source.Sample(key, Extended(shape)));

    // Before the map.
    private Tensor? OwnKinks => Transform.Kinks?.Cast(DType);

    private Tensor Scale => ((AffineTransform)Transform).Scale;

    // A map with a larger batch than X needs a draw for each of its elements: rows of one X are independent.
    private Shape Extended(Shape shape)
    {
        Shape source = Source.BatchShape;
        return BatchShape == source ? shape
            : BatchShape[^source.Rank..] == source ? shape.Concat(BatchShape[..^source.Rank])
            : throw new ShapeException(
                $"{Name}.Sample: X of batch shape {source} is stretched to {BatchShape} by the map; create X with the whole batch shape.");
    }

    // Of a map that increases one tail of X, of one that decreases the other.
    private Tensor Tail(Tensor value, string method, Func<Tensor, Tensor> increasing, Func<Tensor, Tensor> decreasing, double below, double above)
    {
        value = CheckValue(value, method);
        Tensor reachable = Transform.Codomain.Contains(value) | value.IsNaN();
        Tensor safe = Tensor.Where(reachable, value, Gradient.Stop(Transform.Codomain.InteriorPoint(DType)));
        Tensor low = Transform.Codomain.Ends(DType) is { } ends ? value <= ends.Low : value < 0;
        Tensor x = Transform.Inverse(safe), tail = Transform.ByTrend(() => increasing(x), () => decreasing(x));
        return Tensor.Where(reachable, tail, Tensor.Where(low, below, Tensor.Scalar(above, DType)));
    }

    private Tensor Wide(Tensor x) => x.BroadcastTo(BatchShape);

    private static Shape Ones(int rank)
    {
        int[] lengths = new int[rank];
        Array.Fill(lengths, 1);
        return lengths;
    }
}
