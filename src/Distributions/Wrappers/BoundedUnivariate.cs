using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>A distribution of one number between bounds that another one is cut to: what truncation and censoring share.</summary>
/// <typeparam name="T">The distribution before.</typeparam>
public abstract class BoundedUnivariate<T> : Univariate where T : Univariate
{
    private protected BoundedUnivariate(string name, T source, Tensor low, Tensor high, bool gathers)
    {
        ArgumentNullException.ThrowIfNull(source);
        Low = ParameterChecks.Literal(low, source.DType);
        High = ParameterChecks.Literal(high, source.DType);
        LinearMaps.RequireAlike(name, (source.Parameters[0].Name, source.Parameters[0].Value), ("low", Low), ("high", High));
        ParameterChecks.Ordered(name, Low, High);
        Source = source;
        BatchShape = Shape.Broadcast(Shape.Broadcast(source.BatchShape, Low.Shape, name), High.Shape, name);
        Support = new BoundedSupport(source.Support, Low, High, gathers);
    }

    /// <summary>The distribution before.</summary>
    public T Source { get; }

    /// <summary>The lower bound.</summary>
    public Tensor Low { get; }

    /// <summary>The upper bound.</summary>
    public Tensor High { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [.. Source.Parameters, ("low", Low), ("high", High)];

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override DType DType => Source.DType;

    /// <inheritdoc/>
    public override Support Support { get; }

    /// <inheritdoc/>
    public override Evidence LogProbEvidence => Source.LogProbEvidence;

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor value) => LogCdf(value).Exp();

    /// <inheritdoc/>
    public override Tensor Survival(Tensor value) => LogSurvival(value).Exp();

    // Outcomes beyond the bounds are at them.
    internal override Tensor? Atoms => Source.Atoms is { } atoms ? Brought(atoms) : null;

    // Outcomes of the source, [..., outcomes], none of which lies beyond a bound.
    private protected Tensor Brought(Tensor outcomes) =>
        outcomes.BroadcastTo(BatchShape.Concat([outcomes.Shape[-1]])).Clip(Low.Unsqueeze(-1), High.Unsqueeze(-1));

    private protected Tensor Inside(Tensor value) => value.Clip(Low, High);

    private protected Tensor Wide(Tensor value) => value.BroadcastTo(BatchShape);
}
