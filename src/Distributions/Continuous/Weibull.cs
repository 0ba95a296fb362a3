using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The Weibull distribution: P(X &gt; x) = exp(−zᵏ) on [0, ∞) with z = x/λ.</summary>
public sealed class Weibull : HazardFamily, IScale<Weibull>
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="scale">λ; above 0.</param>
    /// <param name="concentration">k, the shape; above 0: 1 is the exponential distribution.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public Weibull(Tensor scale, Tensor concentration)
        : base(FamilyParameter.Positive(nameof(scale), scale), FamilyParameter.Positive(nameof(concentration), concentration))
    {
    }

    /// <summary>λ; above 0.</summary>
    public Tensor Scale => this[0];

    /// <summary>k, the shape; above 0: 1 is the exponential distribution.</summary>
    public Tensor Concentration => this[1];

    /// <inheritdoc/>
    public override Support Support => Support.NonNegative;

    /// <inheritdoc/>
    public Weibull ScaleTransform(Tensor scale) => new(scale * Scale, Concentration);

    private protected override Tensor Bottom => 0.0;

    private protected override Tensor? Unit => Scale;

    private protected override Tensor? StandardMean => (1 + (1 / Concentration)).LogGamma().Exp();

    private protected override Tensor? StandardVariance => GammaMoments.Variance(1 / Concentration);

    private protected override Tensor? StandardMode => Tensor.Where(
        Concentration > 1, Tensor.Where(Concentration > 1, 1 - (1 / Concentration), 1.0).Pow(1 / Concentration), 0.0);

    private protected override Tensor? StandardEntropy => 1 - Concentration.Log() + (Constants.EulerGamma * (1 - (1 / Concentration)));

    private protected override Func<Tensor, Tensor>? StandardCrps => z => ClosedFormCrps.Weibull(Concentration, z);

    private protected override Tensor StandardLogDensity(Tensor z) => Concentration.Log() + Tensor.XLogY(Concentration - 1, z) - Hazard(z);

    private protected override Tensor Hazard(Tensor z) => z.Pow(Concentration);

    private protected override Tensor LogHazard(Tensor z) => Concentration * z.Log();

    private protected override Tensor InverseHazard(Tensor h) => h.Pow(1 / Concentration);
}
