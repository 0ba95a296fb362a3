using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The continuous Bernoulli distribution (Loaiza-Ganem and Cunningham 2019): density C(p)·pˣ·(1 − p)¹⁻ˣ on [0, 1], which is exp(ηx) up to a constant
/// with η = ln(p/(1 − p)). Given by p or by η.
/// </summary>
public sealed class ContinuousBernoulli : LocationScaleFamily
{
    private readonly bool _isLogit;

    private ContinuousBernoulli(FamilyParameter parameter)
        : base(parameter) => _isLogit = parameter.Name == "logits";

    /// <summary>From p.</summary>
    /// <param name="probs">p, strictly between 0 and 1; the mean only for ½.</param>
    /// <exception cref="ArgumentOutOfRangeException">A probability is not in (0, 1).</exception>
    public static ContinuousBernoulli FromProbs(Tensor probs) => new(FamilyParameter.OpenUnitInterval(nameof(probs), probs));

    /// <summary>From the log odds.</summary>
    /// <param name="logits">η = ln(p/(1 − p)): any number.</param>
    public static ContinuousBernoulli FromLogits(Tensor logits) => new(FamilyParameter.Real(nameof(logits), logits));

    /// <summary>p.</summary>
    public Tensor Probs => _isLogit ? this[0].Sigmoid() : this[0];

    /// <summary>η = ln(p/(1 − p)).</summary>
    public Tensor Logits => _isLogit ? this[0] : this[0].Log() - (-this[0]).Log1p();

    /// <inheritdoc/>
    public override Support Support => Support.ClosedUnitInterval;

    /// <inheritdoc/>
    public override Tensor Quantile(Tensor probability)
    {
        Tensor p = CheckProbability(probability);
        return ImplicitGradient.Attach(this, ContinuousBernoulliQuantile.Instance.Apply(Gradient.Stop(Logits), Gradient.Stop(p)), p);
    }

    /// <inheritdoc/>
    public override Evidence QuantileEvidence => Evidence.Exact;

    private protected override Tensor Bottom => 0.0;

    private protected override Tensor Top => 1.0;

    private protected override Tensor? StandardMean => 0.5 + (0.5 * Langevin.Instance.Apply(0.5 * Logits));

    private protected override Tensor? StandardVariance => 0.25 * LangevinSlope.Instance.Apply(0.5 * Logits);

    private protected override Tensor? StandardMode => (Logits > 0).Cast(DType);

    private protected override Tensor? StandardEntropy => LogNorm - (0.5 * Logits * Langevin.Instance.Apply(0.5 * Logits));

    private protected override Tensor StandardLogDensity(Tensor z) => (Logits * (z - 0.5)) - LogNorm;

    private protected override Tensor StandardCdf(Tensor z) => StandardLogCdf(z).Exp();

    private protected override Tensor StandardSurvival(Tensor z) => StandardLogSurvival(z).Exp();

    private protected override Tensor StandardLogCdf(Tensor z) => LogPart(z, Logits);

    private protected override Tensor StandardLogSurvival(Tensor z) => LogPart(1 - z, -Logits);

    private protected override Tensor StandardDraw(RandomKey key, Shape shape) => Quantile(key.UniformOpen(shape, DType));

    // ln ∫₀¹ exp(η(x − ½)) dx.
    private Tensor LogNorm => LogSinhc.Instance.Apply(0.5 * Logits);

    // ln ∫₀ᵗ exp(η(x − ½)) dx − LogNorm.
    private Tensor LogPart(Tensor t, Tensor logits) =>
        t.Log() + (0.5 * logits * (t - 1)) + LogSinhc.Instance.Apply(0.5 * logits * t) - LogSinhc.Instance.Apply(0.5 * logits);
}
