using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The generalised Pareto distribution, of excesses over a high threshold (Pickands 1975): P(X &gt; x) = (1 + ξz)^(−1/ξ) with z = (x − μ)/σ from 0, up to
/// −1/ξ if ξ &lt; 0. Exponential at ξ = 0, a Lomax distribution above, with an upper end below.
/// </summary>
public sealed class GeneralizedPareto : HazardFamily, ILocationScale<GeneralizedPareto>
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="loc">μ, the threshold: the least value.</param>
    /// <param name="scale">σ; above 0.</param>
    /// <param name="concentration">ξ, the tail: moments of order 1/ξ and more are infinite for ξ &gt; 0; values end at μ − σ/ξ for ξ &lt; 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public GeneralizedPareto(Tensor loc, Tensor scale, Tensor concentration)
        : base(
            FamilyParameter.Finite(nameof(loc), loc),
            FamilyParameter.Positive(nameof(scale), scale),
            FamilyParameter.Finite(nameof(concentration), concentration))
    {
    }

    /// <summary>μ, the threshold: the least value.</summary>
    public Tensor Loc => this[0];

    /// <summary>σ; above 0.</summary>
    public Tensor Scale => this[1];

    /// <summary>ξ, the tail: moments of order 1/ξ and more are infinite for ξ &gt; 0; values end at μ − σ/ξ for ξ &lt; 0.</summary>
    public Tensor Concentration => this[2];

    /// <inheritdoc/>
    public override Support Support => new IntervalSupport(Loc, End(Top), "[loc, end)", lowClosed: true, interior: InteriorPoint);

    /// <inheritdoc/>
    public GeneralizedPareto AffineTransform(Tensor loc, Tensor scale) => new(loc + (scale * Loc), scale * Scale, Concentration);

    /// <summary>
    /// σ·(|z| − 2/(1 − ξ)·(1 − (1 − F(z))^(1 − ξ)) + 1/(2 − ξ)) for ξ &lt; 1 (Friederichs and Thorarinsdottir 2012); else ∞.
    /// </summary>
    /// <inheritdoc/>
    public override Tensor Crps(Tensor value)
    {
        Tensor z = Standardize(CheckValue(value, nameof(Crps))), finite = Concentration < 1, one = 1 - Tensor.Where(finite, Concentration, 0.0);
        Tensor within = (z > 0) & (z < Top), hazard = Hazard(Tensor.Where(within, z, Interior));
        Tensor part = Tensor.Where(within, -(-(one * hazard)).Expm1(), (z > 0).Cast(DType));
        Tensor score = Scale * (z.Abs() - (2 / one * part) + (1 / (1 + one)));
        return Tensor.Where(finite, score, score + (0 * Concentration) + double.PositiveInfinity);
    }

    /// <inheritdoc/>
    public override Evidence CrpsEvidence => Evidence.Exact;

    private protected override Tensor? Origin => Loc;

    private protected override Tensor? Unit => Scale;

    private protected override Tensor Bottom => 0.0;

    private protected override Tensor Top => Tensor.Where(Concentration < 0, -1 / Tensor.Where(Concentration < 0, Concentration, -1.0), double.PositiveInfinity);

    private protected override Tensor Interior => Tensor.Where(Concentration < 0, -0.5 / Tensor.Where(Concentration < 0, Concentration, -1.0), 1.0);

    private protected override Tensor? StandardMean =>
        Tensor.Where(Concentration < 1, 1 / (1 - Tensor.Where(Concentration < 1, Concentration, 0.0)), double.PositiveInfinity);

    private protected override Tensor? StandardVariance
    {
        get
        {
            Tensor finite = Concentration < 0.5, xi = Tensor.Where(finite, Concentration, 0.0);
            return Tensor.Where(finite, 1 / ((1 - xi).Square() * (1 - (2 * xi))), double.PositiveInfinity);
        }
    }

    // Below ξ = −1 the density grows without bound towards the upper end.
    private protected override Tensor? StandardMode => Tensor.Where(Concentration < -1, Top, 0.0);

    private protected override Tensor? StandardEntropy => 1 + Concentration;

    private protected override Tensor StandardLogDensity(Tensor z) => -((1 + Concentration) * Hazard(z));

    private protected override Tensor Hazard(Tensor z) => ScaledLog1p.Instance.Apply(Concentration, z);

    private protected override Tensor InverseHazard(Tensor h) => ScaledExpm1.Instance.Apply(Concentration, h);
}
