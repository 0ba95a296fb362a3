using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>Sums of independent Normal steps: x₀ = d + σ·ε₀, xₜ = xₜ₋₁ + d + σ·εₜ. One outcome is the whole walk.</summary>
public sealed class GaussianRandomWalk : Distribution, IReparameterized
{
    private readonly Normal _step;

    /// <summary>Creates the distribution.</summary>
    /// <param name="drift">d, the mean of a step.</param>
    /// <param name="scale">σ, the standard deviation of a step; above 0.</param>
    /// <param name="length">How many steps the walk has; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public GaussianRandomWalk(Tensor drift, Tensor scale, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        _step = new Normal(drift, scale);
        EventShape = [length];
    }

    /// <summary>d, the mean of a step.</summary>
    public Tensor Drift => _step.Loc;

    /// <summary>σ, the standard deviation of a step.</summary>
    public Tensor Scale => _step.Scale;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("drift", Drift), ("scale", Scale)];

    /// <inheritdoc/>
    public override Shape BatchShape => _step.BatchShape;

    /// <inheritdoc/>
    public override Shape EventShape { get; }

    /// <inheritdoc/>
    public override Support Support => Support.Real;

    /// <summary>d·(t + 1).</summary>
    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Estimate.Exact(Mode);

    /// <summary>σ²·(t + 1).</summary>
    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null) => Estimate.Exact((Scale.Square().Unsqueeze(-1) * Steps).BroadcastTo(SampleShape(Shape.Scalar)));

    /// <inheritdoc/>
    public override Tensor Mode => (Drift.Unsqueeze(-1) * Steps).BroadcastTo(SampleShape(Shape.Scalar));

    /// <inheritdoc/>
    public override Estimate Entropy(RandomKey? key = null) => Estimate.Exact(EventShape[0] * _step.Entropy(key).Value);

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value)
    {
        Tensor before = Tensor.Concat([Tensor.ZerosLike(value[TensorIndex.Ellipsis, ..1]), value[TensorIndex.Ellipsis, ..^1]], -1);
        return new Normal(Drift.Unsqueeze(-1), Scale.Unsqueeze(-1)).LogDensity(value - before).Sum(-1);
    }

    /// <inheritdoc/>
    public Tensor RSample(RandomKey key, Shape shape = default) =>
        (Drift.Unsqueeze(-1) + (Scale.Unsqueeze(-1) * key.Normal(SampleShape(shape), DType))).CumSum(-1);

    private protected override Tensor InteriorPoint => Gradient.Stop(Mode);

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => RSample(key, shape);

    private Tensor Steps => Tensor.Arange(1, EventShape[0] + 1, 1, DType);
}
