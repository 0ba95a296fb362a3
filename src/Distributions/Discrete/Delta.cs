using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>A number that is certain: all probability is at one value, which need not be whole. Draws move with it.</summary>
public sealed class Delta : ParametricUnivariate, IReparameterized, ILocationScale<Delta>
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="value">The value; finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is infinite.</exception>
    public Delta(Tensor value)
        : base(FamilyParameter.Finite(nameof(value), value))
    {
    }

    /// <summary>The value; finite.</summary>
    public Tensor Value => this[0];

    /// <inheritdoc/>
    public override Support Support => new PointSupport(Value.Unsqueeze(-1));

    /// <inheritdoc/>
    public override Measure Measure => Measure.Counting;

    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Estimate.Exact(Value);

    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null) => Estimate.Exact(0 * Value);

    /// <inheritdoc/>
    public override Tensor Mode => Value;

    /// <summary>0: nothing is open.</summary>
    /// <inheritdoc/>
    public override Estimate Entropy(RandomKey? key = null) => Estimate.Exact(0 * Value);

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value) => 0 * (value.Cast(DType) - Value);

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor value) => Step(CheckValue(value, nameof(Cdf)), 0, 1);

    /// <inheritdoc/>
    public override Tensor Survival(Tensor value) => Step(CheckValue(value, nameof(Survival)), 1, 0);

    /// <inheritdoc/>
    public override Tensor Quantile(Tensor probability)
    {
        Tensor p = CheckProbability(probability);
        return Tensor.Where((p >= 0) & (p <= 1), Value, double.NaN);
    }

    /// <inheritdoc/>
    public override Evidence QuantileEvidence => Evidence.Exact;

    /// <summary>|y − value|.</summary>
    /// <inheritdoc/>
    public override Tensor Crps(Tensor value) => (CheckValue(value, nameof(Crps)) - Value).Abs();

    /// <inheritdoc/>
    public override Evidence CrpsEvidence => Evidence.Exact;

    /// <inheritdoc/>
    public Tensor RSample(RandomKey key, Shape shape = default) => Value.BroadcastTo(SampleShape(shape));

    /// <inheritdoc/>
    public Delta AffineTransform(Tensor loc, Tensor scale) => new(loc + (scale * Value));

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => RSample(key, shape);

    internal override Tensor? Atoms => Value.Unsqueeze(-1);

    private Tensor Step(Tensor value, double below, double above) =>
        Tensor.Where(value.IsNaN() | Value.IsNaN(), double.NaN, Tensor.Where(value >= Value, ParameterChecks.Literal(above, DType), ParameterChecks.Literal(below, DType)));
}
