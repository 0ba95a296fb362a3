using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// A mixture of vectors or matrices of one family, whose components lie along the last batch axis of <see cref="Components"/>. Of one number,
/// <see cref="Mixture{T}"/> has quantiles too.
/// </summary>
/// <typeparam name="T">The family: <c>VectorMixture&lt;MultivariateNormal&gt;</c>.</typeparam>
public sealed class VectorMixture<T> : Distribution where T : Distribution
{
    /// <summary>Creates the mixture.</summary>
    /// <param name="logits">Unnormalised log weights, [..., components].</param>
    /// <param name="components">The components, of batch shape [..., components].</param>
    /// <exception cref="ShapeException">The last axes differ, or the others do not broadcast.</exception>
    /// <exception cref="DTypeException">Logits and components are of different types.</exception>
    public VectorMixture(Tensor logits, T components)
    {
        ArgumentNullException.ThrowIfNull(components);
        Components = components;
        Logits = ParameterChecks.Single(Name, logits);
        if (logits.DType != components.DType)
        {
            throw new DTypeException($"{Name}: logits are {logits.DType} {logits.Shape}, but the components are {components.DType}; convert with Cast.");
        }

        Shape batch = components.BatchShape;
        if (logits.Rank == 0 || batch.Rank == 0 || logits.Shape[-1] != batch[-1])
        {
            throw new ShapeException(
                $"{Name}: logits of shape {logits.Shape} do not fit components of batch shape {batch}; the last axis of both lists the components.");
        }

        LogWeights = logits.LogSoftmax();
        BatchShape = Shape.Broadcast(logits.Shape, batch, Name)[..^1];
    }

    /// <summary>Unnormalised log weights, [..., components].</summary>
    public Tensor Logits { get; }

    /// <summary>ln wₖ, [..., components], normalised.</summary>
    public Tensor LogWeights { get; }

    /// <summary>The components, of batch shape [..., components].</summary>
    public T Components { get; }

    /// <inheritdoc/>
    public override string Name => $"VectorMixture<{Components.Name}>";

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("logits", Logits), .. Components.Parameters];

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override Shape EventShape => Components.EventShape;

    /// <inheritdoc/>
    public override Support Support => Components.Support;

    /// <inheritdoc/>
    public override Measure Measure => Components.Measure;

    /// <inheritdoc/>
    public override Evidence LogProbEvidence => Components.LogProbEvidence;

    /// <summary>The component's mode with the highest density of the mixture: the mode where components do not overlap, close to it where they do.</summary>
    public override Tensor Mode
    {
        get
        {
            Tensor modes = Each(Components.Mode).MoveAxis(ComponentAxis, 0);
            Tensor best = LogProb(modes).ArgMax(0, keepDims: true);
            Tensor index = Tensor.Arange(Logits.Shape[-1]).Reshape(Shape.Create([Logits.Shape[-1]]).Concat([.. Enumerable.Repeat(1, BatchShape.Rank)]));
            Tensor chosen = index.EqualTo(best);
            return Tensor.Where(Spread(chosen), modes, 0.0).Sum(0);
        }
    }

    /// <summary>Σ wₖ·μₖ.</summary>
    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null)
    {
        Estimate means = Components.Mean(key);
        return new Estimate(Average(means.Value), Average(means.StandardError), means.Kind);
    }

    /// <summary>Σ wₖ·(σₖ² + (μₖ − μ)²): the law of total variance.</summary>
    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null)
    {
        Estimate means = Components.Mean(key), variances = Components.Variance(key);
        Tensor deviation = Each(means.Value) - Average(means.Value).Unsqueeze(ComponentAxis);
        return new Estimate(Average(variances.Value) + Average(deviation.Square()), Average(variances.StandardError), variances.Kind);
    }

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value) => (LogWeights + Components.LogDensity(value.Unsqueeze(ComponentAxis))).LogSumExp(-1);

    /// <summary>
    /// Differentiable draws where a component's density is a product over the coordinates (<see cref="Independent{T}"/> of one axis with a density, or
    /// <see cref="MultivariateNormal"/>): coordinate by coordinate, by the implicit gradient of the mixture's distribution function given the coordinates
    /// before (Graves 2016; Figurnov, Mohamed and Mnih 2018). Else null.
    /// </summary>
    public override IReparameterized? AsReparameterized() => Components is IFactorized factorized && Measure == Measure.Lebesgue
        && Components is not IIndependent { Axes: not 1 } && Components is not IIndependent { Coordinates: not Univariate }
        ? new ReparameterizedSampler((key, shape) => Attach(factorized, Sample(key, shape)))
        : null;

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape)
    {
        (RandomKey choice, RandomKey draw) = key.Split();
        Shape all = BatchShape.Concat([Logits.Shape[-1]]);
        Tensor logWeights = Gradient.Stop(LogWeights).BroadcastTo(all);
        Tensor chosen = (logWeights + choice.Gumbel(shape.Concat(all), DType)).ArgMax(-1, keepDims: true);
        Tensor mask = Tensor.Arange(Logits.Shape[-1]).EqualTo(chosen);

        // Components that several rows of logits share are drawn for every row, of which each keeps its own.
        Shape own = Components.BatchShape;
        Tensor draws = all == own
            ? Components.Sample(draw, shape)
            : Own(Components.Sample(draw, shape.Concat(BatchShape)), shape.Rank);
        return Tensor.Where(Spread(mask), draws, 0.0).Sum(ComponentAxis);
    }

    // From sample + batch + (component's batch, which broadcasts to the batch) to sample + batch: what the two have in common is the diagonal.
    private Tensor Own(Tensor draws, int sampleRank)
    {
        Shape own = Components.BatchShape[..^1];
        for (int i = own.Rank - 1; i >= 0; i--)
        {
            int axis = sampleRank + BatchShape.Rank + i, with = sampleRank + BatchShape.Rank - own.Rank + i;
            draws = own[i] == 1 && BatchShape[BatchShape.Rank - own.Rank + i] != 1
                ? draws.Squeeze(axis)
                : draws.Diagonal(0, with, axis).MoveAxis(-1, with);
        }

        return draws;
    }

    private Tensor Attach(IFactorized components, Tensor draws)
    {
        int n = EventShape[^1];
        Tensor x = draws;
        for (int i = 0; i < n; i++)
        {
            (Tensor log, Tensor cdf) = components.Factors(x.Unsqueeze(ComponentAxis));

            // The weights of the components given the coordinates before i.
            Tensor weights = (LogWeights + log[TensorIndex.Ellipsis, ..i].Sum(-1)).LogSoftmax();
            Tensor density = (weights + log[TensorIndex.Ellipsis, i]).LogSumExp(-1), mass = (weights.Exp() * cdf[TensorIndex.Ellipsis, i]).Sum(-1);

            // Not divided by the density, whose square, in the derivative, may be 0 to the type.
            Tensor usable = Gradient.Stop(density).Abs() < (DType == DType.Float32 ? 80 : 690);
            Tensor step = Tensor.Where(usable, (Gradient.Stop(mass) - mass) * (-Tensor.Where(usable, density, 0.0)).Exp(), 0.0);
            x += step.Unsqueeze(-1) * Tensor.Scalar(i, DType.Int64).OneHot(n, DType);
        }

        return x;
    }

    private int ComponentAxis => -1 - EventShape.Rank;

    // What belongs to each component, with the batch in front.
    private Tensor Each(Tensor components) => components.BroadcastTo(BatchShape.Concat([Logits.Shape[-1]]).Concat(EventShape));

    private Tensor Average(Tensor components) => (Spread(LogWeights.Exp()) * Each(components)).Sum(ComponentAxis);

    private Tensor Spread(Tensor x) => MaskedSupport.Spread(x, EventShape.Rank);
}
