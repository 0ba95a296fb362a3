using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>Kumaraswamy's distribution (1980), a Beta with an elementary distribution function: P(X &gt; x) = (1 − xᵃ)ᵇ on [0, 1].</summary>
public sealed class Kumaraswamy : LocationScaleFamily
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="concentration1">a, the weight of 1; above 0.</param>
    /// <param name="concentration0">b, the weight of 0; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public Kumaraswamy(Tensor concentration1, Tensor concentration0)
        : base(FamilyParameter.Positive(nameof(concentration1), concentration1), FamilyParameter.Positive(nameof(concentration0), concentration0))
    {
    }

    /// <summary>a, the weight of 1; above 0.</summary>
    public Tensor Concentration1 => this[0];

    /// <summary>b, the weight of 0; above 0.</summary>
    public Tensor Concentration0 => this[1];

    /// <inheritdoc/>
    public override Support Support => Support.ClosedUnitInterval;

    /// <summary>((a − 1)/(ab − 1))^(1/a) where both are at least 1, else an end with infinite density; 0 where a = b = 1.</summary>
    /// <inheritdoc/>
    public override Tensor Mode
    {
        get
        {
            Tensor inner = (Concentration1 >= 1) & (Concentration0 >= 1) & ((Concentration1 > 1) | (Concentration0 > 1));
            Tensor a = Tensor.Where(inner, Concentration1, 2.0), b = Tensor.Where(inner, Concentration0, 2.0);
            return Tensor.Where(inner, ((a - 1) / ((a * b) - 1)).Pow(1 / a), ((Concentration1 >= 1) & (Concentration0 < 1)).Cast(DType));
        }
    }

    private protected override Tensor Bottom => 0.0;

    private protected override Tensor Top => 1.0;

    private protected override Tensor? StandardMean => LogMoment(1).Exp();

    private protected override Tensor? StandardVariance => LogMoment(2).Exp() * -((2 * LogMoment(1)) - LogMoment(2)).Expm1();

    private protected override Tensor? StandardEntropy => 1 - (1 / Concentration0) + ((1 - (1 / Concentration1)) * ((Concentration0 + 1).Digamma() + Constants.EulerGamma))
        - Concentration1.Log() - Concentration0.Log();

    private protected override Func<Tensor, Tensor>? StandardCrps => z => ClosedFormCrps.Kumaraswamy(Concentration1, Concentration0, z);

    private protected override Tensor StandardLogDensity(Tensor z) => KumaraswamyLogDensity.Instance.Apply(Concentration1, Concentration0, z);

    private protected override Tensor StandardCdf(Tensor z) => -(Concentration0 * LogComplement(z)).Expm1();

    // 1 − (1 − xᵃ)ᵇ is b·xᵃ where xᵃ is lost beside 1.
    private protected override Tensor StandardLogCdf(Tensor z)
    {
        Tensor power = Concentration1 * z.Log(), small = power + Concentration0.Log().Clip(min: 0) < -60;
        Tensor log = (Concentration0 * Tensor.Where(small, -1.0, power).Log1mExp()).Log1mExp();
        return Tensor.Where(small, Concentration0.Log() + power, log);
    }

    private protected override Tensor StandardSurvival(Tensor z) => (Concentration0 * LogComplement(z)).Exp();

    private protected override Tensor StandardLogSurvival(Tensor z) => Concentration0 * LogComplement(z);

    private protected override Func<Tensor, Tensor>? StandardQuantile => p => (((-p).Log1p() / Concentration0).Log1mExp() / Concentration1).Exp();

    // ln(1 − xᵃ).
    private Tensor LogComplement(Tensor z) => (Concentration1 * z.Log()).Log1mExp();

    // ln E[Xⁿ] = ln(b·B(1 + n/a, b)).
    private Tensor LogMoment(int n) => Concentration0.Log() + Tensor.LogBeta(1 + (n / Concentration1), Concentration0);
}
