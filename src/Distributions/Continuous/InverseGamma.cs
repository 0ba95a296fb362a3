using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The inverse gamma distribution, of 1/X for X gamma: density βᵅ·x^(−α−1)·exp(−β/x)/Γ(α) on (0, ∞).</summary>
public sealed class InverseGamma : LocationScaleFamily, IScale<InverseGamma>
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="concentration">α, the shape; above 0. Moments of order α and more are infinite.</param>
    /// <param name="scale">β, the scale; above 0. The mean is β/(α − 1) for α &gt; 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public InverseGamma(Tensor concentration, Tensor scale)
        : base(FamilyParameter.Positive(nameof(concentration), concentration), FamilyParameter.Positive(nameof(scale), scale))
    {
    }

    /// <summary>α, the shape; above 0. Moments of order α and more are infinite.</summary>
    public Tensor Concentration => this[0];

    /// <summary>β, the scale; above 0. The mean is β/(α − 1) for α &gt; 1.</summary>
    public Tensor Scale => this[1];

    /// <inheritdoc/>
    public InverseGamma ScaleTransform(Tensor scale) => new(Concentration, scale * Scale);

    /// <inheritdoc/>
    public override Tensor Quantile(Tensor probability)
    {
        Tensor p = CheckProbability(probability);
        return ImplicitGradient.Attach(
            this, Gradient.Stop(Scale) / GammaUpperQuantile.Instance.Apply(Gradient.Stop(Concentration), Gradient.Stop(p)), p);
    }

    /// <inheritdoc/>
    public override Evidence QuantileEvidence => Evidence.Exact;

    private protected override Tensor Bottom => 0.0;

    private protected override Tensor? Unit => Scale;

    private protected override Tensor? StandardMean => Tensor.Where(Concentration > 1, 1 / (Tensor.Where(Concentration > 1, Concentration, 2.0) - 1), double.PositiveInfinity);

    private protected override Tensor? StandardVariance => Tensor.Where(
        Concentration > 2, InverseSquare(Tensor.Where(Concentration > 2, Concentration, 3.0)), double.PositiveInfinity);

    private protected override Tensor? StandardMode => 1 / (Concentration + 1);

    private protected override Tensor? StandardEntropy => GammaEntropy.Of(Concentration) - (2 * Concentration.Digamma());

    private protected override Func<Tensor, Tensor>? StandardCrps => ClosedFormCrps.Holds(Concentration > 1) ? z => ClosedFormCrps.InverseGamma(Concentration, z) : null;

    private protected override Tensor StandardLogDensity(Tensor z) => GammaLogDensity.Instance.Apply(Concentration, 1 / z) - (2 * z.Log());

    private protected override Tensor StandardCdf(Tensor z) => IncompleteGamma.Upper.Apply(Concentration, 1 / z);

    private protected override Tensor StandardLogCdf(Tensor z) => IncompleteGamma.LogUpper.Apply(Concentration, 1 / z);

    private protected override Tensor StandardSurvival(Tensor z) => IncompleteGamma.Lower.Apply(Concentration, 1 / z);

    private protected override Tensor StandardLogSurvival(Tensor z) => IncompleteGamma.LogLower.Apply(Concentration, 1 / z);

    private protected override Tensor StandardDraw(RandomKey key, Shape shape) =>
        (-LogGammaDraw(key, Concentration, shape)).Exp();

    // Var of the standard distribution: 1/((α − 1)²·(α − 2)).
    private static Tensor InverseSquare(Tensor a) => 1 / ((a - 1).Square() * (a - 2));
}
