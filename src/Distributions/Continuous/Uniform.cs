using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The uniform distribution on [low, high]: density 1/(high − low).</summary>
public sealed class Uniform : Univariate, IReparameterized, ILocationScale<Uniform>
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="low">The lower end.</param>
    /// <param name="high">The upper end; above the lower.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public Uniform(Tensor low, Tensor high)
    {
        ParameterChecks.Align(nameof(Uniform), ref low, ref high);
        ParameterChecks.Finite(nameof(Uniform), nameof(low), low);
        ParameterChecks.Finite(nameof(Uniform), nameof(high), high);
        ParameterChecks.Ordered(nameof(Uniform), low, high);
        Low = low;
        High = high;
        BatchShape = BroadcastParameters(nameof(Uniform), ("low", low), ("high", high));
    }

    /// <summary>The lower end.</summary>
    public Tensor Low { get; }

    /// <summary>The upper end; above the lower.</summary>
    public Tensor High { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("low", Low), ("high", High)];

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override DType DType => Low.DType;

    /// <inheritdoc/>
    public override Support Support => Support.Interval(Low, High);

    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Estimate.Exact(0.5 * (Low + High));

    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null) => Estimate.Exact((High - Low).Square() / 12);

    /// <summary>The middle; every point is as probable.</summary>
    public override Tensor Mode => 0.5 * (Low + High);

    /// <inheritdoc/>
    public override Estimate Entropy(RandomKey? key = null) => Estimate.Exact((High - Low).Log());

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value) => (0 * value) - (High - Low).Log();

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor value) => ((CheckValue(value, nameof(Cdf)) - Low) / (High - Low)).Clip(0, 1);

    /// <inheritdoc/>
    public override Tensor Survival(Tensor value) => ((High - CheckValue(value, nameof(Survival))) / (High - Low)).Clip(0, 1);

    /// <inheritdoc/>
    public override Tensor Quantile(Tensor probability)
    {
        Tensor p = CheckProbability(probability);
        return Low + ((High - Low) * Tensor.Where((p >= 0) & (p <= 1), p, double.NaN));
    }

    /// <inheritdoc/>
    public override Evidence QuantileEvidence => Evidence.Exact;

    /// <summary>
    /// (high − low)·(|z − F| + F² − F + ⅓) with z the position in units of the width and F = z within [0, 1] (Jordan, Krüger and Lerch 2019).
    /// </summary>
    /// <inheritdoc/>
    public override Tensor Crps(Tensor value)
    {
        Tensor z = (CheckValue(value, nameof(Crps)) - Low) / (High - Low);
        Tensor cdf = z.Clip(0, 1);
        return (High - Low) * ((z - cdf).Abs() + cdf.Square() - cdf + (1.0 / 3));
    }

    /// <inheritdoc/>
    public override Evidence CrpsEvidence => Evidence.Exact;

    /// <inheritdoc/>
    public Tensor RSample(RandomKey key, Shape shape = default) => Low + ((High - Low) * key.Uniform(SampleShape(shape), DType));

    /// <inheritdoc/>
    public Uniform AffineTransform(Tensor loc, Tensor scale) => new(loc + (scale * Low), loc + (scale * High));

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => RSample(key, shape);
}
