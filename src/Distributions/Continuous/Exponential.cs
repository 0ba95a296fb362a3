using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The exponential distribution: density λ·exp(−λx) on [0, ∞).</summary>
public sealed class Exponential : Univariate, IReparameterized, IScale<Exponential>
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="rate">λ, the inverse of the mean; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public Exponential(Tensor rate)
    {
        rate = ParameterChecks.Single(nameof(Exponential), rate);
        Rate = ParameterChecks.Positive(nameof(Exponential), nameof(rate), rate);
        BatchShape = rate.Shape;
    }

    /// <summary>λ, the inverse of the mean; above 0.</summary>
    public Tensor Rate { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("rate", Rate)];

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override DType DType => Rate.DType;

    /// <inheritdoc/>
    public override Support Support => Support.NonNegative;

    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Estimate.Exact(1 / Rate);

    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null) => Estimate.Exact(1 / Rate.Square());

    /// <inheritdoc/>
    public override Tensor Mode => Tensor.Zeros(BatchShape, DType);

    /// <inheritdoc/>
    public override Estimate Entropy(RandomKey? key = null) => Estimate.Exact(1 - Rate.Log());

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value) => Rate.Log() - (Rate * value);

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor value) => Guard(value, x => -(-Scaled(x, nameof(Cdf))).Expm1(), 1, Survival);

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor value) => Guard(value, x => (-Scaled(x, nameof(LogCdf))).Log1mExp(), 0, LogSurvival);

    /// <inheritdoc/>
    public override Tensor Survival(Tensor value) => Guard(value, x => (-Scaled(x, nameof(Survival))).Exp(), 1, Cdf);

    /// <inheritdoc/>
    public override Tensor LogSurvival(Tensor value) => Guard(value, x => -Scaled(x, nameof(LogSurvival)), 0, LogCdf);

    /// <inheritdoc/>
    public override Tensor Quantile(Tensor probability)
    {
        Tensor p = CheckProbability(probability);
        return Tensor.Where(p >= 0, -(-p).Log1p(), double.NaN) / Rate;
    }

    /// <inheritdoc/>
    public override Evidence QuantileEvidence => Evidence.Exact;

    /// <summary>(|t| − 2F + ½)/λ with t = λy (Jordan, Krüger and Lerch 2019).</summary>
    /// <inheritdoc/>
    public override Tensor Crps(Tensor value)
    {
        value = CheckValue(value, nameof(Crps));
        return ((Rate * value).Abs() - (2 * Cdf(value)) + 0.5) / Rate;
    }

    /// <inheritdoc/>
    public override Evidence CrpsEvidence => Evidence.Exact;

    /// <inheritdoc/>
    public Tensor RSample(RandomKey key, Shape shape = default) => key.Exponential(SampleShape(shape), DType) / Rate;

    /// <inheritdoc/>
    public Exponential ScaleTransform(Tensor scale) => new(Rate / scale);

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => RSample(key, shape);

    private Tensor Scaled(Tensor value, string method) => Rate * CheckValue(value, method).Clip(min: 0);
}
