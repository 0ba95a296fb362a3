using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The distribution of t(X) for a map t of vectors or matrices: the density at y = t(x) is f(x)/|det ∂y/∂x|. For one number, <see cref="TransformedDistribution"/>
/// keeps quantiles and intervals.
/// </summary>
public class TransformedVector : Distribution
{
    private Support? _support;

    /// <summary>Creates the distribution.</summary>
    /// <param name="source">The distribution of X, which has a density.</param>
    /// <param name="transform">The map. A map of numbers acts on each coordinate.</param>
    /// <exception cref="ArgumentException">X is discrete, or its outcomes have fewer axes than the map takes.</exception>
    public TransformedVector(Distribution source, Transform transform)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(transform);
        if (source.Measure != Measure.Lebesgue)
        {
            throw new ArgumentException(
                $"TransformedVector: {source.Name} has {source.Measure} measure; only a distribution with a density can be transformed.", nameof(source));
        }

        int axes = source.EventShape.Rank - transform.EventRank;
        if (axes < 0)
        {
            throw new ArgumentException(
                $"TransformedVector: {transform} takes {transform.EventRank} axes, but {source.Name} has event shape {source.EventShape}; "
                + "make its last batch axes event axes with Independent.", nameof(transform));
        }

        Source = source;
        Transform = transform.Independent(axes);
        EventShape = Transform.ForwardShape(source.EventShape);
        BatchShape = Shape.Broadcast(source.BatchShape, Transform.BatchShape, "TransformedVector");
    }

    /// <summary>The distribution of X.</summary>
    public Distribution Source { get; }

    /// <summary>The map.</summary>
    public Transform Transform { get; }

    /// <inheritdoc/>
    public override string Name => $"{Transform}({Source.Name})";

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [.. Source.Parameters, .. Transform.Parameters];

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override Shape EventShape { get; }

    /// <inheritdoc/>
    public override DType DType => Source.DType;

    /// <inheritdoc/>
    public override Support Support => _support ??= ReferenceEquals(Source.Support, Transform.Domain) ? Transform.Codomain : new ImageSupport(Source.Support, Transform);

    /// <inheritdoc/>
    public override Evidence LogProbEvidence => Source.LogProbEvidence;

    /// <summary>By search, since there is no formula: see <see cref="Distribution.SearchMode"/>.</summary>
    public override Tensor Mode => SearchMode();

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value)
    {
        (Tensor x, Tensor logDet) = Transform.InverseAndLogDet(value);
        return Source.LogDensity(x) + logDet;
    }

    /// <summary>
    /// Draws together with their log densities, from the forward pass alone: what variational inference with a flow needs, whose inverse may be slow. The draws
    /// are differentiable if X's are.
    /// </summary>
    /// <param name="key">The source of randomness.</param>
    /// <param name="shape">The sample shape.</param>
    public (Tensor Value, Tensor LogProb) SampleAndLogProb(RandomKey key, Shape shape = default)
    {
        Tensor x = DrawSource(key, shape);
        (Tensor y, Tensor logDet) = Transform.ForwardAndLogDet(x);
        return (y, Source.LogDensity(x) - logDet);
    }

    /// <summary>
    /// The same for vectors, with another gradient of the log density: that through the draw alone, as if the density at a point did not depend on parameters. What is
    /// left out has the expectation 0 and, where variational inference is near its aim, all of the variance (Roeder, Wu and Duvenaud 2017). There is no inverse in it: with
    /// the Jacobian J of the map at x, the score s at y solves Jᵀ·s = ∇ₓ(ln f(x) − ln |det J|) (after Vaitl et al. 2022). It takes as many more passes as there are
    /// coordinates; its gradient is of first order.
    /// </summary>
    /// <param name="key">The source of randomness.</param>
    /// <param name="shape">The sample shape.</param>
    /// <exception cref="NotSupportedException">The map is not one of vectors to vectors as long.</exception>
    public (Tensor Value, Tensor LogProb) SampleAndPathLogProb(RandomKey key, Shape shape = default)
    {
        if (EventShape.Rank != 1 || Source.EventShape != EventShape)
        {
            throw new NotSupportedException(
                $"{Name}.SampleAndPathLogProb: it maps {Source.EventShape} to {EventShape}; the score is computed for maps of vectors to vectors of the same length.");
        }

        Tensor x = DrawSource(key, shape), fixedX = Gradient.Stop(x);
        (Tensor y, Tensor logDet) = Transform.ForwardAndLogDet(x);
        Tensor slope = Gradient.Of(at => (Source.LogDensity(at) - Transform.ForwardAndLogDet(at).LogDet).Sum(), fixedX);

        // Points do not see each other: of as many copies of them as there are coordinates, copy i gives row i of the Jacobian at each.
        int n = EventShape[0];
        Shape copies = Shape.Create([n]).Concat(x.Shape);
        Tensor rows = Tensor.Eye(n, x.DType).Reshape(Shape.Create([n]).Concat([.. Enumerable.Repeat(1, x.Rank - 1), n])).BroadcastTo(copies);
        Tensor jacobian = Gradient.Vjp(Transform.Forward, fixedX.BroadcastTo(copies), rows).Product;
        Tensor transposed = jacobian.Permute([.. Enumerable.Range(1, x.Rank), 0]);
        Tensor score = Gradient.Stop(transposed.Solve(slope.Unsqueeze(-1)).Squeeze(-1));
        return (y, Gradient.Stop(Source.LogDensity(x) - logDet) + (score * (y - Gradient.Stop(y))).Sum(-1));
    }

    /// <inheritdoc/>
    public override IReparameterized? AsReparameterized() => Source.AsReparameterized() is { } inner
        ? new ReparameterizedSampler((key, shape) => Transform.Forward(inner.RSample(key, Extended(shape))))
        : null;

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => Transform.Forward(Source.Sample(key, Extended(shape)));

    private Tensor DrawSource(RandomKey key, Shape shape)
    {
        Shape all = Extended(shape);
        return Source.AsReparameterized() is { } inner ? inner.RSample(key, all) : Source.Sample(key, all);
    }

    // A map with a larger batch than X needs a draw for each of its elements.
    private Shape Extended(Shape shape) => BatchShape == Source.BatchShape ? shape
        : Source.BatchShape.Rank <= BatchShape.Rank && BatchShape[^Source.BatchShape.Rank..] == Source.BatchShape ? shape.Concat(BatchShape[..^Source.BatchShape.Rank])
        : throw new ShapeException(
            $"{Name}.Sample: X of batch shape {Source.BatchShape} is stretched to {BatchShape} by the map; create X with the whole batch shape.");
}
