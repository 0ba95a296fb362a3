using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The binary Concrete distribution on (0, 1), a differentiable stand-in for 0 or 1: σ((ℓ + L)/τ) with standard logistic L, so that F(x) = σ(τ·logit x − ℓ)
/// (Maddison, Mnih and Teh 2017).
/// </summary>
public sealed class RelaxedBernoulli : Univariate, IReparameterized
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="temperature">τ; above 0. The smaller, the closer to 0 or 1.</param>
    /// <param name="logits">ℓ, the log odds of 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The temperature is not above 0.</exception>
    public RelaxedBernoulli(Tensor temperature, Tensor logits)
    {
        ParameterChecks.Align(nameof(RelaxedBernoulli), ref temperature, ref logits);
        Temperature = ParameterChecks.Positive(nameof(RelaxedBernoulli), nameof(temperature), temperature);
        Logits = logits;
        BatchShape = BroadcastParameters(nameof(RelaxedBernoulli), ("temperature", temperature), ("logits", logits));
    }

    /// <summary>τ.</summary>
    public Tensor Temperature { get; }

    /// <summary>ℓ, the log odds of 1.</summary>
    public Tensor Logits { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("temperature", Temperature), ("logits", Logits)];

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override Support Support => Support.UnitInterval;

    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Quadrature().Moments().Mean;

    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null) => Quadrature().Moments().Variance;

    /// <inheritdoc/>
    public override Tensor Mode => NumericMode.Find(this);

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value)
    {
        Tensor u = (Temperature * value.Logit()) - Logits;
        return Temperature.Log() + u.LogSigmoid() + (-u).LogSigmoid() - value.Log() - (-value).Log1p();
    }

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor value) => Guard(value, x => Score(x, nameof(Cdf)).Sigmoid(), 1, Survival);

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor value) => Guard(value, x => Score(x, nameof(LogCdf)).LogSigmoid(), 0, null);

    /// <inheritdoc/>
    public override Tensor Survival(Tensor value) => Guard(value, x => (-Score(x, nameof(Survival))).Sigmoid(), 1, Cdf);

    /// <inheritdoc/>
    public override Tensor LogSurvival(Tensor value) => Guard(value, x => (-Score(x, nameof(LogSurvival))).LogSigmoid(), 0, null);

    /// <inheritdoc/>
    public override Tensor Quantile(Tensor probability) => ((Logits + CheckProbability(probability).Logit()) / Temperature).Sigmoid();

    /// <inheritdoc/>
    public override Evidence QuantileEvidence => Evidence.Exact;

    /// <inheritdoc/>
    public Tensor RSample(RandomKey key, Shape shape = default) =>
        ((Logits + key.UniformOpen(SampleShape(shape), DType).Logit()) / Temperature).Sigmoid();

    /// <summary>Draws rounded to 0 or 1, with the gradient of the unrounded draw: straight-through (Jang, Gu and Poole 2017), which is biased.</summary>
    /// <param name="key">The source of randomness.</param>
    /// <param name="shape">The sample shape.</param>
    public Tensor StraightThroughSample(RandomKey key, Shape shape = default)
    {
        Tensor soft = RSample(key, shape);
        return (soft > 0.5).Cast(DType) + (soft - Gradient.Stop(soft));
    }

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => RSample(key, shape);

    private Tensor Score(Tensor value, string method) => (Temperature * CheckValue(value, method).Clip(0, 1).Logit()) - Logits;
}
