using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The Gompertz distribution (1825), of lifetimes whose hazard grows exponentially: P(X &gt; x) = exp(−η·(exp(bx) − 1)) on [0, ∞).</summary>
public sealed class Gompertz : HazardFamily, IScale<Gompertz>
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="concentration">η, the shape; above 0: the density falls from the start where it is 1 or more.</param>
    /// <param name="rate">b, by which the logarithm of the hazard grows; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public Gompertz(Tensor concentration, Tensor rate)
        : base(FamilyParameter.Positive(nameof(concentration), concentration), FamilyParameter.Positive(nameof(rate), rate))
    {
    }

    /// <summary>η, the shape; above 0: the density falls from the start where it is 1 or more.</summary>
    public Tensor Concentration => this[0];

    /// <summary>b, by which the logarithm of the hazard grows; above 0.</summary>
    public Tensor Rate => this[1];

    /// <inheritdoc/>
    public override Support Support => Support.NonNegative;

    /// <inheritdoc/>
    public Gompertz ScaleTransform(Tensor scale) => new(Concentration, Rate / scale);

    private protected override Tensor Bottom => 0.0;

    private protected override Tensor? Unit => 1 / Rate;

    private protected override Tensor? StandardMean => ScaledExpIntegral.Instance.Apply(Concentration);

    private protected override Tensor? StandardMode => Tensor.Maximum(-Concentration.Log(), 0.0);

    private protected override Tensor? StandardEntropy => 1 - Concentration.Log() - ScaledExpIntegral.Instance.Apply(Concentration);

    private protected override Tensor StandardLogDensity(Tensor z) => Concentration.Log() + z - Hazard(z);

    private protected override Tensor Hazard(Tensor z) => Concentration * z.Expm1();

    private protected override Tensor LogHazard(Tensor z) => Concentration.Log() + z.Expm1().Log();

    private protected override Tensor InverseHazard(Tensor h) => (h / Concentration).Log1p();
}
