using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The mixture of the predictions of several models: of an ensemble, of dropout passes, of draws from a posterior over weights. It is the predictive
/// distribution itself, not a Normal fitted to it.
/// </summary>
/// <typeparam name="T">What each member predicts.</typeparam>
public sealed class PredictiveMixture<T> : MixtureDistribution where T : Univariate
{
    /// <summary>Creates the mixture.</summary>
    /// <param name="members">The members' predictions, of one batch shape and type.</param>
    /// <param name="logWeights">Unnormalised log weights, [..., members]; equal weights by default.</param>
    /// <exception cref="ArgumentException">There is no member.</exception>
    /// <exception cref="ShapeException">The batch shapes differ, or there is not one weight a member.</exception>
    /// <exception cref="DTypeException">The types differ.</exception>
    public PredictiveMixture(IReadOnlyList<T> members, Tensor? logWeights = null)
    {
        ArgumentNullException.ThrowIfNull(members);
        if (members.Count == 0)
        {
            throw new ArgumentException("PredictiveMixture: there are no members.", nameof(members));
        }

        T first = members[0];
        for (int i = 1; i < members.Count; i++)
        {
            T member = members[i];
            if (member.BatchShape != first.BatchShape)
            {
                throw new ShapeException(
                    $"PredictiveMixture: member {i} has batch shape {member.BatchShape}, member 0 has {first.BatchShape}; they must be alike.");
            }

            if (member.DType != first.DType || member.Measure != first.Measure)
            {
                throw new DTypeException(
                    $"PredictiveMixture: member {i} is {member.DType} with {member.Measure} measure, member 0 is {first.DType} with {first.Measure}; they must be alike.");
            }
        }

        if (logWeights is not null && (logWeights.Rank == 0 || logWeights.Shape[-1] != members.Count))
        {
            throw new ShapeException($"PredictiveMixture: the log weights have shape {logWeights.Shape}; their last axis must list the {members.Count} members.");
        }

        Members = [.. members];
        LogWeights = logWeights is null
            ? Tensor.Full([members.Count], -Math.Log(members.Count), first.DType)
            : logWeights.Cast(first.DType).LogSoftmax();
        BatchShape = logWeights is null ? first.BatchShape : Shape.Broadcast(logWeights.Shape[..^1], first.BatchShape, Name);
    }

    /// <summary>The members' predictions.</summary>
    public IReadOnlyList<T> Members { get; }

    /// <inheritdoc/>
    public override string Name => $"PredictiveMixture<{Prototype.Name}>";

    /// <summary>The log weights, then the parameters of each member as "0.loc".</summary>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters =>
        [("logWeights", LogWeights), .. Members.SelectMany((member, i) => member.Parameters.Select(p => (FormattableString.Invariant($"{i}.{p.Name}"), p.Value)))];

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override Tensor LogWeights { get; }

    /// <inheritdoc/>
    public override int ComponentCount => Members.Count;

    /// <summary>
    /// The variance split by the law of total variance: aleatoric is the mean of the members' variances, epistemic the variance of their means. Each of shape
    /// batch. NaN for classes, which have no variance: see <see cref="UncertaintyInNats"/>.
    /// </summary>
    public Uncertainty Uncertainty()
    {
        (Tensor within, Tensor between, _, _) = Spread(null);
        return new(within, between, within + between);
    }

    /// <summary>
    /// The entropy split: aleatoric is the mean of the members' entropies, epistemic the mutual information of outcome and member
    /// (Depeweg et al. 2018). Each of shape batch, in nats.
    /// </summary>
    public Uncertainty UncertaintyInNats()
    {
        Tensor total = Entropy(), within = Average(OfEach(static c => c.Entropy()));
        return new(within, total - within, total);
    }

    /// <inheritdoc/>
    protected override Univariate Prototype => Members[0];

    private protected override bool SharesSupport => Members.All(static member => member.Support.IsFixed)
        && Members.All(member => ReferenceEquals(member.Support, Prototype.Support) || member is Categorical);

    private protected override bool AllDiscrete => Members.All(static member => member.Support.IsDiscrete);

    private protected override Tensor? AllAtoms => Members.All(static member => member.Atoms is null) ? null : Tensor.Concat([.. Members
        .Select(static member => member.Atoms ?? member.Quadrature().Points.MoveAxis(0, -1))
        .Select(atoms => atoms.BroadcastTo(BatchShape.Concat([atoms.Shape[-1]])))], -1);

    internal override (Tensor LogWeights, Tensor Loc, Tensor Scale)? NormalComponents()
    {
        var parts = new (Tensor LogWeights, Tensor Loc, Tensor Scale)[Members.Count];
        for (int i = 0; i < parts.Length; i++)
        {
            if (Members[i].NormalComponents() is not { } normals)
            {
                return null;
            }

            Tensor weights = LogWeights[TensorIndex.Ellipsis, i..(i + 1)] + normals.LogWeights;
            Shape all = BatchShape.Concat([normals.Loc.Shape[-1]]);
            parts[i] = (weights.BroadcastTo(all), normals.Loc.BroadcastTo(all), normals.Scale.BroadcastTo(all));
        }

        return (Join(parts, static p => p.LogWeights), Join(parts, static p => p.Loc), Join(parts, static p => p.Scale));
    }

    internal override QuadratureRule Quadrature(Tensor? cuts = null)
    {
        if (Measure == Measure.Counting)
        {
            return base.Quadrature(cuts);
        }

        QuadratureRule[] rules = [.. Members.Select(member => member.Quadrature(cuts))];
        return new(All((rule, _) => rule.Points), All((rule, weight) => rule.Weights * weight), All((rule, weight) => rule.Coarse * weight));

        Tensor All(Func<QuadratureRule, Tensor, Tensor> part) => Tensor.Concat([.. rules.Select((rule, i) =>
            part(rule, Weights[TensorIndex.Ellipsis, i]).BroadcastTo(rule.Points.Shape[..1].Concat(Shape.Broadcast(rule.Points.Shape[1..], BatchShape))))]);
    }

    internal override Tensor? Kinks => Members.Select(static member => member.Kinks).Aggregate(QuadratureRule.Joined);

    /// <inheritdoc/>
    protected override Tensor Each(Func<Univariate, Tensor, Tensor> function, Tensor value) =>
        Tensor.Stack([.. Members.Select(member => function(member, value))], -1);

    /// <inheritdoc/>
    protected override Tensor OfEach(Func<Univariate, Tensor> function) =>
        Tensor.Stack([.. Members.Select(member => function(member).BroadcastTo(BatchShape))], -1);

    /// <inheritdoc/>
    protected override Tensor DrawEach(RandomKey key, Shape shape)
    {
        RandomKey[] keys = key.Split(Members.Count);
        Shape extra = BatchShape[..(BatchShape.Rank - Prototype.BatchShape.Rank)];
        return Tensor.Stack([.. Members.Select((member, i) => member.Sample(keys[i], shape.Concat(extra)))], -1);
    }

    private protected override Tensor AnySupport(Tensor value) => Tensor.Stack([.. Members.Select(member => member.Support.Contains(value))], -1);

    private static Tensor Join((Tensor, Tensor, Tensor)[] parts, Func<(Tensor LogWeights, Tensor Loc, Tensor Scale), Tensor> part) =>
        Tensor.Concat(Array.ConvertAll(parts, p => part(p)), -1);
}
