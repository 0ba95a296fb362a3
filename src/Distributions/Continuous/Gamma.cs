using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The gamma distribution: density βᵅ·xᵅ⁻¹·exp(−βx)/Γ(α) on [0, ∞).</summary>
public sealed class Gamma : Univariate, IReparameterized, IScale<Gamma>
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="concentration">α, the shape; above 0.</param>
    /// <param name="rate">β, the inverse scale; above 0. The mean is α/β.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public Gamma(Tensor concentration, Tensor rate)
    {
        ParameterChecks.Align(nameof(Gamma), ref concentration, ref rate);
        Concentration = ParameterChecks.Positive(nameof(Gamma), nameof(concentration), concentration);
        Rate = ParameterChecks.Positive(nameof(Gamma), nameof(rate), rate);
        BatchShape = BroadcastParameters(nameof(Gamma), ("concentration", concentration), ("rate", rate));
    }

    /// <summary>α, the shape; above 0.</summary>
    public Tensor Concentration { get; }

    /// <summary>β, the inverse scale; above 0. The mean is α/β.</summary>
    public Tensor Rate { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("concentration", Concentration), ("rate", Rate)];

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override DType DType => Concentration.DType;

    /// <inheritdoc/>
    public override Support Support => Support.NonNegative;

    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Estimate.Exact(Concentration / Rate);

    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null) => Estimate.Exact(Concentration / Rate.Square());

    /// <inheritdoc/>
    public override Tensor Mode => Tensor.Maximum(Concentration - 1, 0.0) / Rate;

    /// <summary>α − ln β + ln Γ(α) + (1 − α)·ψ(α).</summary>
    /// <inheritdoc/>
    public override Estimate Entropy(RandomKey? key = null) =>
        Estimate.Exact(GammaEntropy.Of(Concentration) - Rate.Log());

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value) => GammaRateLogDensity.Instance.Apply(Concentration, Rate, value);

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor value) => Guard(value, x => IncompleteGamma.Lower.Apply(Concentration, Scaled(x, nameof(Cdf))), 1, Survival);

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor value) => Guard(value, x => IncompleteGamma.LogLower.Apply(Concentration, Scaled(x, nameof(LogCdf))), 0, LogSurvival);

    /// <inheritdoc/>
    public override Tensor Survival(Tensor value) => Guard(value, x => IncompleteGamma.Upper.Apply(Concentration, Scaled(x, nameof(Survival))), 1, Cdf);

    /// <inheritdoc/>
    public override Tensor LogSurvival(Tensor value) => Guard(value, x => IncompleteGamma.LogUpper.Apply(Concentration, Scaled(x, nameof(LogSurvival))), 0, LogCdf);

    /// <inheritdoc/>
    public override Tensor Quantile(Tensor probability)
    {
        Tensor p = CheckProbability(probability);
        Tensor standard = Tensor.GammaPInverse(Gradient.Stop(Concentration), Gradient.Stop(p));
        return ImplicitGradient.Attach(this, standard / Gradient.Stop(Rate), p);
    }

    /// <inheritdoc/>
    public override Evidence QuantileEvidence => Evidence.Exact;

    /// <summary>y·(2F(y) − 1) − (α/β)·(2F₊(y) − 1) − 1/(β·B(½, α)), with F₊ of concentration α + 1 (Jordan, Krüger and Lerch 2019).</summary>
    /// <inheritdoc/>
    public override Tensor Crps(Tensor value)
    {
        value = CheckValue(value, nameof(Crps));
        Tensor next = IncompleteGamma.Lower.Apply(Concentration + 1, Scaled(value, nameof(Crps)));
        Tensor self = (-Tensor.LogBeta(Concentration, 0.5)).Exp();
        return (value * ((2 * Cdf(value)) - 1)) - (((Concentration * ((2 * next) - 1)) + self) / Rate);
    }

    /// <inheritdoc/>
    public override Evidence CrpsEvidence => Evidence.Exact;

    /// <summary>Draws in log space, so that a small concentration does not round to 0 before the rate is applied.</summary>
    /// <inheritdoc/>
    public Tensor RSample(RandomKey key, Shape shape = default) =>
        (StandardLogSample(key, Concentration.BroadcastTo(BatchShape), shape) - Rate.Log()).Exp();

    /// <inheritdoc/>
    public Gamma ScaleTransform(Tensor scale) => new(Concentration, Rate / scale);

    /// <summary>Draws of ln X for a rate of 1, of shape <paramref name="shape"/> + that of the concentration, with implicit gradients.</summary>
    internal static Tensor StandardLogSample(RandomKey key, Tensor concentration, Shape shape)
    {
        Tensor draws = key.LogGamma(Gradient.Stop(concentration), shape);
        return concentration is { Levels: 0, IsSymbolic: false } ? draws : LogGammaPath.Instance.Apply(concentration, draws);
    }

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => RSample(key, shape);

    private Tensor Scaled(Tensor value, string method) => Rate * CheckValue(value, method).Clip(min: 0);
}
