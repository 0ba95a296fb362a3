using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The generalised extreme value distribution, of the largest of many (Jenkinson 1955): distribution function exp(−(1 + ξz)^(−1/ξ)) where 1 + ξz &gt; 0,
/// with z = (x − μ)/σ. Gumbel at ξ = 0, a Fréchet distribution with a lower end above, a reflected Weibull distribution with an upper end below.
/// </summary>
public sealed class GeneralizedExtremeValue : HazardFamily, ILocationScale<GeneralizedExtremeValue>
{
    // ζ(k), k = 2, 3, …
    private static readonly double[] s_zeta =
    [
        1.6449340668482264, 1.2020569031595943, 1.0823232337111382, 1.03692775514337, 1.0173430619844491, 1.0083492773819228, 1.0040773561979443,
        1.0020083928260822, 1.0009945751278181,
    ];

    // Where the CRPS through powers of 1 + ξz would lose digits, its second derivatives most.
    private const double Near = 0.25;

    /// <summary>Creates the distribution.</summary>
    /// <param name="loc">μ; the distribution function is 1/e there.</param>
    /// <param name="scale">σ; above 0.</param>
    /// <param name="concentration">ξ, the tail: moments of order 1/ξ and more are infinite for ξ &gt; 0. The support ends at μ − σ/ξ.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public GeneralizedExtremeValue(Tensor loc, Tensor scale, Tensor concentration)
        : base(
            FamilyParameter.Finite(nameof(loc), loc),
            FamilyParameter.Positive(nameof(scale), scale),
            FamilyParameter.Finite(nameof(concentration), concentration))
    {
    }

    /// <summary>μ; the distribution function is 1/e there.</summary>
    public Tensor Loc => this[0];

    /// <summary>σ; above 0.</summary>
    public Tensor Scale => this[1];

    /// <summary>ξ, the tail: moments of order 1/ξ and more are infinite for ξ &gt; 0. The support ends at μ − σ/ξ.</summary>
    public Tensor Concentration => this[2];

    /// <inheritdoc/>
    public override Support Support => new IntervalSupport(End(Bottom), End(Top), "(low, high)", interior: InteriorPoint);

    /// <inheritdoc/>
    public GeneralizedExtremeValue AffineTransform(Tensor loc, Tensor scale) => new(loc + (scale * Loc), scale * Scale, Concentration);

    /// <summary>
    /// Through 1 + ξz, which has a Fréchet distribution for ξ &gt; 0 and a Weibull distribution for ξ &lt; 0 (Friederichs and Thorarinsdottir 2012); near ξ = 0, where
    /// that loses digits, as 2∫F − z + (Γ(1 − ξ)·(2 − 2^ξ) − 1)/ξ with the integral of the distribution function up to z. ∞ from ξ = 1 on.
    /// </summary>
    /// <inheritdoc/>
    public override Tensor Crps(Tensor value) => FiniteCrps(value, FiniteScore);

    private Tensor FiniteScore(Tensor value)
    {
        Tensor z = Standardize(value), near = Concentration.Abs() < Near, finite = Concentration < 1;
        Tensor xi = Tensor.Where(near | !finite, 0.5, Concentration), score = FarScore(xi, Tensor.Where(near, 0.0, z));
        score = ClosedFormCrps.Holds(!near) ? score : Tensor.Where(near, NearScore(Tensor.Where(near, Concentration, 0.0), Tensor.Where(near, z, 0.0)), score);
        Tensor scaled = Scale * score;
        return Tensor.Where(finite, scaled, scaled + (0 * Concentration) + double.PositiveInfinity);
    }

    /// <inheritdoc/>
    public override Evidence CrpsEvidence => Evidence.Exact;

    private protected override Tensor? Origin => Loc;

    private protected override Tensor? Unit => Scale;

    private protected override bool IsDecreasing => true;

    private protected override Tensor Bottom => Tensor.Where(Concentration > 0, Edge, double.NegativeInfinity);

    private protected override Tensor Top => Tensor.Where(Concentration < 0, Edge, double.PositiveInfinity);

    private protected override Tensor Interior => 0.0;

    // (Γ(1 − ξ) − 1)/ξ.
    private protected override Tensor? StandardMean
    {
        get
        {
            Tensor finite = Concentration < 1, xi = Tensor.Where(finite, Concentration, 0.0);
            return Tensor.Where(finite, ScaledExpm1.Instance.Apply(xi, LogMean(xi)), double.PositiveInfinity);
        }
    }

    // (Γ(1 − 2ξ) − Γ(1 − ξ)²)/ξ².
    private protected override Tensor? StandardVariance
    {
        get
        {
            Tensor finite = Concentration < 0.5, xi = Tensor.Where(finite, Concentration, 0.0), small = xi.Abs() < 0.01, large = Tensor.Where(small, 0.25, xi);
            Tensor direct = ((1 - (2 * large)).LogGamma() - (2 * (1 - large).LogGamma())) / large.Square();
            Tensor ratio = Tensor.Where(small, Series(k => s_zeta[k] * (Math.Pow(2, k + 2) - 2) / (k + 2), Tensor.Where(small, xi, 0.0)), direct);
            return Tensor.Where(
                finite, (2 * xi * LogMean(xi)).Exp() * ScaledExpm1.Instance.Apply(xi.Square(), ratio), double.PositiveInfinity);
        }
    }

    // From ξ = −1 down the density grows towards the upper end.
    private protected override Tensor? StandardMode =>
        Tensor.Where(Concentration > -1, InverseHazard(1 + Tensor.Where(Concentration > -1, Concentration, 0.0)), Top);

    private protected override Tensor? StandardEntropy => 1 + (Constants.EulerGamma * (1 + Concentration));

    private protected override Tensor StandardLogDensity(Tensor z)
    {
        Tensor log = ScaledLog1p.Instance.Apply(Concentration, z);
        return -((1 + Concentration) * log) - (-log).Exp();
    }

    private protected override Tensor Hazard(Tensor z) => LogHazard(z).Exp();

    private protected override Tensor LogHazard(Tensor z) => -ScaledLog1p.Instance.Apply(Concentration, z);

    private protected override Tensor InverseHazard(Tensor h) => ScaledExpm1.Instance.Apply(Concentration, -h.Log());

    // −1/ξ, and a number that no branch takes at ξ = 0.
    private Tensor Edge => -1 / Tensor.Where(Concentration.EqualTo(0.0), 1.0, Concentration);

    private static Tensor FarScore(Tensor xi, Tensor z)
    {
        Tensor positive = xi > 0, w = 1 + (xi * z), above = Tensor.Where(positive, xi, 0.5), below = Tensor.Where(positive, -0.5, xi);
        return Tensor.Where(positive, ClosedFormCrps.Frechet(1 / above, w) / above, -ClosedFormCrps.Weibull(-1 / below, w) / below);
    }

    // The constant is twice the mean less that of the larger of two, (2^ξ·Γ(1 − ξ) − 1)/ξ.
    private static Tensor NearScore(Tensor xi, Tensor z)
    {
        Tensor log = LogMean(xi);
        return (2 * (ExtremeValueIntegral.Instance.Apply(xi, z) + ScaledExpm1.Instance.Apply(xi, log))) - z - ScaledExpm1.Instance.Apply(xi, log + Constants.LogTwo);
    }

    // ln Γ(1 − ξ)/ξ = γ + Σ ζ(k)/k·ξ^(k − 1).
    private static Tensor LogMean(Tensor xi)
    {
        Tensor small = xi.Abs() < 0.01, large = Tensor.Where(small, 0.5, xi), near = Tensor.Where(small, xi, 0.0);
        return Tensor.Where(small, Constants.EulerGamma + (near * Series(k => s_zeta[k] / (k + 2), near)), (1 - large).LogGamma() / large);
    }

    // Σ c(k)·xᵏ.
    private static Tensor Series(Func<int, double> coefficient, Tensor x)
    {
        Tensor sum = coefficient(s_zeta.Length - 1);
        for (int k = s_zeta.Length - 2; k >= 0; k--)
        {
            sum = coefficient(k) + (x * sum);
        }

        return sum;
    }
}
