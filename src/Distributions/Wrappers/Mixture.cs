using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>A mixture of components of one family, which lie along the last batch axis of <see cref="Components"/>.</summary>
/// <typeparam name="T">The family: <c>Mixture&lt;Normal&gt;</c>.</typeparam>
public sealed class Mixture<T> : MixtureDistribution where T : Univariate
{
    /// <summary>Creates the mixture.</summary>
    /// <param name="logits">Unnormalised log weights, [..., components].</param>
    /// <param name="components">The components, of batch shape [..., components].</param>
    /// <exception cref="ShapeException">The last axes differ, or the others do not broadcast.</exception>
    /// <exception cref="DTypeException">Logits and components are of different types.</exception>
    public Mixture(Tensor logits, T components)
    {
        ArgumentNullException.ThrowIfNull(components);
        string name = $"Mixture<{components.Name}>";
        logits = ParameterChecks.Single(name, logits);
        if (logits.DType != components.DType)
        {
            throw new DTypeException($"{name}: logits are {logits.DType} {logits.Shape}, but the components are {components.DType}; convert with Cast.");
        }

        Shape batch = components.BatchShape;
        if (logits.Rank == 0 || batch.Rank == 0 || logits.Shape[-1] != batch[-1])
        {
            throw new ShapeException(
                $"{name}: logits of shape {logits.Shape} do not fit components of batch shape {batch}; the last axis of both lists the components.");
        }

        Logits = logits;
        LogWeights = logits.LogSoftmax();
        Components = components;
        BatchShape = Shape.Broadcast(logits.Shape, batch, name)[..^1];
    }

    /// <summary>Unnormalised log weights, [..., components].</summary>
    public Tensor Logits { get; }

    /// <summary>The components, of batch shape [..., components].</summary>
    public T Components { get; }

    /// <inheritdoc/>
    public override string Name => $"Mixture<{Components.Name}>";

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("logits", Logits), .. Components.Parameters];

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override Tensor LogWeights { get; }

    /// <inheritdoc/>
    public override int ComponentCount => Logits.Shape[-1];

    /// <inheritdoc/>
    protected override Univariate Prototype => Components;

    private protected override bool SharesSupport => Components.Support.IsFixed;

    private protected override Tensor? AllAtoms => Components.Atoms is { } atoms
        ? atoms.BroadcastTo(BatchShape.Concat([ComponentCount, atoms.Shape[-1]])).Reshape(BatchShape.Concat([ComponentCount * atoms.Shape[-1]])) : null;

    internal override (Tensor LogWeights, Tensor Loc, Tensor Scale)? NormalComponents() =>
        Components is Normal normal ? (LogWeights, normal.Loc.BroadcastTo(normal.BatchShape), normal.Scale.BroadcastTo(normal.BatchShape)) : null;

    internal override QuadratureRule Quadrature(Tensor? cuts = null)
    {
        if (Measure == Measure.Counting)
        {
            return base.Quadrature(cuts);
        }

        // [points, ..., components] to [components·points, ...].
        QuadratureRule rule = Components.Quadrature(cuts?.Unsqueeze(-1));
        Shape shape = rule.Points.Shape[..1].Concat(Shape.Broadcast(rule.Points.Shape[1..], BatchShape.Concat([ComponentCount])));
        return new(Flat(rule.Points), Flat(rule.Weights * Weights), Flat(rule.Coarse * Weights));

        Tensor Flat(Tensor x) => Flatten(x.BroadcastTo(shape));
    }

    internal override Tensor? Kinks => Components.Kinks is { } kinks ? Flatten(kinks.BroadcastTo(kinks.Shape[..1].Concat(BatchShape).Concat([ComponentCount]))) : null;

    /// <inheritdoc/>
    protected override Tensor Each(Func<Univariate, Tensor, Tensor> function, Tensor value) =>
        function(Components, value.IsLiteral ? value : value.Unsqueeze(-1));

    /// <inheritdoc/>
    protected override Tensor OfEach(Func<Univariate, Tensor> function) => function(Components).BroadcastTo(BatchShape.Concat([ComponentCount]));

    /// <inheritdoc/>
    protected override Tensor DrawEach(RandomKey key, Shape shape)
    {
        // Components that several rows of logits share are drawn anew for each row: more draws in front, moved to the axes that broadcast.
        Shape all = BatchShape.Concat([ComponentCount]), own = Components.BatchShape;
        if (all == own)
        {
            return Components.Sample(key, shape);
        }

        int missing = all.Rank - own.Rank;
        var extra = new List<int>(all[..missing]);
        for (int i = 0; i < own.Rank; i++)
        {
            if (own[i] != all[missing + i])
            {
                extra.Add(all[missing + i]);
            }
        }

        Tensor draws = Components.Sample(key, shape.Concat(extra.ToArray()));
        var order = new List<int>(Enumerable.Range(0, shape.Rank + missing));
        int next = order.Count, first = shape.Rank + extra.Count;
        for (int i = 0; i < own.Rank; i++)
        {
            if (own[i] != all[missing + i])
            {
                order.Add(next++);
            }

            order.Add(first + i);
        }

        return draws.Permute(order.ToArray()).Reshape(shape.Concat(all));
    }

    private protected override Tensor AnySupport(Tensor value) => Components.Support.Contains(value.Unsqueeze(-1));

    private static Tensor Flatten(Tensor x)
    {
        int[] order = [x.Rank - 1, .. Enumerable.Range(0, x.Rank - 1)];
        Tensor front = x.Permute(order);
        return front.Reshape(Shape.Create([front.Shape[0] * front.Shape[1]]).Concat(front.Shape[2..]));
    }
}
