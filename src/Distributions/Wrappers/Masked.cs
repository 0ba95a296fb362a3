using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// A batch of distributions of which only some count: where the mask is false, the log probability is 0 whatever the value is, NaN included. For data with gaps.
/// Draws and moments are those of the distribution itself.
/// </summary>
/// <typeparam name="T">The distribution.</typeparam>
public sealed class Masked<T> : Distribution where T : Distribution
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="source">The distribution.</param>
    /// <param name="mask">True where an outcome was observed, broadcast to the batch.</param>
    /// <exception cref="DTypeException">The mask is not of truth values.</exception>
    public Masked(T source, Tensor mask)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(mask);
        if (mask.DType != DType.Bool)
        {
            throw new DTypeException($"Masked<{source.Name}>: the mask is {mask.DType} {mask.Shape}; it must be Bool.");
        }

        if (!mask.Shape.BroadcastsTo(source.BatchShape))
        {
            throw new ShapeException($"Masked<{source.Name}>: the mask has shape {mask.Shape}, which does not broadcast to the batch shape {source.BatchShape}.");
        }

        Source = source;
        Mask = mask;
        Support = new MaskedSupport(source, mask);
    }

    /// <summary>The distribution.</summary>
    public T Source { get; }

    /// <summary>True where an outcome was observed.</summary>
    public Tensor Mask { get; }

    /// <inheritdoc/>
    public override string Name => $"Masked<{Source.Name}>";

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => Source.Parameters;

    /// <inheritdoc/>
    public override Shape BatchShape => Source.BatchShape;

    /// <inheritdoc/>
    public override Shape EventShape => Source.EventShape;

    /// <inheritdoc/>
    public override DType DType => Source.DType;

    /// <inheritdoc/>
    public override Support Support { get; }

    /// <inheritdoc/>
    public override Measure Measure => Source.Measure;

    /// <inheritdoc/>
    public override Evidence LogProbEvidence => Source.LogProbEvidence;

    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Source.Mean(key);

    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null) => Source.Variance(key);

    /// <inheritdoc/>
    public override Tensor Mode => Source.Mode;

    /// <summary>0 where the mask is false.</summary>
    /// <inheritdoc/>
    public override Estimate Entropy(RandomKey? key = null) => Source.Entropy(key) switch
    {
        var all => all with { Value = Tensor.Where(Mask, all.Value, 0.0), StandardError = Tensor.Where(Mask, all.StandardError, 0.0) },
    };

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value)
    {
        Tensor inner = Gradient.Stop(Source.Support.InteriorPoint(DType, EventShape));
        Tensor safe = Tensor.Where(MaskedSupport.Spread(Mask, EventShape.Rank), value.Cast(DType), inner);
        return Tensor.Where(Mask, Source.LogDensity(safe), 0.0);
    }

    /// <inheritdoc/>
    public override IReparameterized? AsReparameterized() => Source.AsReparameterized();

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => Source.Sample(key, shape);
}
