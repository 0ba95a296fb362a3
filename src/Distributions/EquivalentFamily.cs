using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>A family that is another one in other parameters.</summary>
public abstract class EquivalentFamily : ParametricUnivariate, IReparameterized
{
    private protected EquivalentFamily(params ReadOnlySpan<FamilyParameter> parameters)
        : base(parameters)
    {
    }

    /// <inheritdoc/>
    public override Support Support => Inner.Support;

    /// <inheritdoc/>
    public override Tensor Mode => Inner.Mode;

    /// <inheritdoc/>
    public override Evidence QuantileEvidence => Inner.QuantileEvidence;

    /// <inheritdoc/>
    public override Evidence CrpsEvidence => Inner.CrpsEvidence;

    /// <summary>The same distribution in the other family.</summary>
    private protected abstract Univariate Inner { get; }

    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Inner.Mean(key);

    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null) => Inner.Variance(key);

    /// <inheritdoc/>
    public override Estimate Entropy(RandomKey? key = null) => Inner.Entropy(key);

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value) => Inner.LogDensity(value);

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor value) => Inner.Cdf(CheckValue(value, nameof(Cdf)));

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor value) => Inner.LogCdf(CheckValue(value, nameof(LogCdf)));

    /// <inheritdoc/>
    public override Tensor Survival(Tensor value) => Inner.Survival(CheckValue(value, nameof(Survival)));

    /// <inheritdoc/>
    public override Tensor LogSurvival(Tensor value) => Inner.LogSurvival(CheckValue(value, nameof(LogSurvival)));

    /// <inheritdoc/>
    public override Tensor Quantile(Tensor probability) => Inner.Quantile(CheckProbability(probability));

    /// <inheritdoc/>
    public override Tensor Crps(Tensor value) => Inner.Crps(CheckValue(value, nameof(Crps)));

    /// <inheritdoc/>
    public Tensor RSample(RandomKey key, Shape shape = default) => Inner.AsReparameterized()!.RSample(key, shape);

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => RSample(key, shape);
}
