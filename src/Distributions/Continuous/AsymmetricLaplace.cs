using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The asymmetric Laplace distribution: density exp(−κz) for z ≥ 0 and exp(z/κ) below, over b·(κ + 1/κ), with z = (x − μ)/b.</summary>
public sealed class AsymmetricLaplace : LocationScaleFamily, ILocationScale<AsymmetricLaplace>
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="loc">μ, the mode.</param>
    /// <param name="scale">b; above 0.</param>
    /// <param name="asymmetry">κ; above 0. P(X ≤ μ) is κ²/(1 + κ²): 1 is the Laplace distribution.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public AsymmetricLaplace(Tensor loc, Tensor scale, Tensor asymmetry)
        : base(
            FamilyParameter.Real(nameof(loc), loc),
            FamilyParameter.Positive(nameof(scale), scale),
            FamilyParameter.Positive(nameof(asymmetry), asymmetry))
    {
    }

    /// <summary>The two-piece exponential distribution: density exp(−|x − μ|/s)/(s₁ + s₂), with s = s₁ below the mode and s₂ above.</summary>
    /// <param name="loc">μ, the mode.</param>
    /// <param name="lower">s₁, the scale below the mode; above 0.</param>
    /// <param name="upper">s₂, the scale above the mode; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public static AsymmetricLaplace FromScales(Tensor loc, Tensor lower, Tensor upper)
    {
        (string Name, Tensor Value)[] all = FamilyParameter.Check(
            nameof(AsymmetricLaplace),
            [FamilyParameter.Real(nameof(loc), loc), FamilyParameter.Positive(nameof(lower), lower), FamilyParameter.Positive(nameof(upper), upper)]);
        (Tensor low, Tensor high) = (all[1].Value.Sqrt(), all[2].Value.Sqrt());
        return new(all[0].Value, low * high, low / high);
    }

    /// <summary>μ, the mode.</summary>
    public Tensor Loc => this[0];

    /// <summary>b; above 0.</summary>
    public Tensor Scale => this[1];

    /// <summary>κ; above 0. P(X ≤ μ) is κ²/(1 + κ²): 1 is the Laplace distribution.</summary>
    public Tensor Asymmetry => this[2];

    /// <inheritdoc/>
    public AsymmetricLaplace AffineTransform(Tensor loc, Tensor scale) => new(loc + (scale * Loc), scale * Scale, Asymmetry);

    /// <summary>
    /// b·(E|Z − z| − ½E|Z − Z′|): |z − 1/κ + κ| plus twice the mean excess beyond z, less qκ(1 − q/2) + (1 − q)(1 + q)/(2κ) with q = P(Z ≤ 0).
    /// </summary>
    /// <inheritdoc/>
    public override Tensor Crps(Tensor value)
    {
        Tensor z = Standardize(CheckValue(value, nameof(Crps))), left = z < 0;
        Tensor mean = (1 / Asymmetry) - Asymmetry, tail = Exponent(z).Exp();
        Tensor distance = Tensor.Where(left, mean - z + (2 * Below * Asymmetry * tail), z - mean + (2 * Above / Asymmetry * tail));
        Tensor self = (Below * Asymmetry * (1 - (0.5 * Below))) + (Above / Asymmetry * (1 - (0.5 * Above)));
        return Scale * (distance - self);
    }

    /// <inheritdoc/>
    public override Evidence CrpsEvidence => Evidence.Exact;

    private protected override Tensor? Origin => Loc;

    private protected override Tensor? Unit => Scale;

    // P(Z ≤ 0) = κ²/(1 + κ²), and the probability above, without a difference.
    private Tensor Below => 1 / (1 + (1 / Asymmetry).Square());

    private Tensor Above => 1 / (1 + Asymmetry.Square());

    private Tensor LogBelow => -(1 / Asymmetry).Square().Log1p();

    private Tensor LogAbove => -Asymmetry.Square().Log1p();

    private protected override Tensor? StandardMean => (1 / Asymmetry) - Asymmetry;

    private protected override Tensor? StandardVariance => (1 / Asymmetry).Square() + Asymmetry.Square();

    private protected override Tensor? StandardMode => 0.0;

    private protected override Tensor? StandardEntropy => 1 + (Asymmetry + (1 / Asymmetry)).Log();

    private protected override Tensor StandardLogDensity(Tensor z) => Exponent(z) - (Asymmetry + (1 / Asymmetry)).Log();

    private protected override Tensor StandardCdf(Tensor z) => Tensor.Where(z < 0, Below * Exponent(z).Exp(), Below - (Above * Exponent(z).Expm1()));

    private protected override Tensor StandardLogCdf(Tensor z) => Tensor.Where(z < 0, LogBelow + Exponent(z), LogRest(Above, Below, Exponent(z)));

    private protected override Tensor StandardSurvival(Tensor z) => Tensor.Where(z < 0, Above - (Below * Exponent(z).Expm1()), Above * Exponent(z).Exp());

    private protected override Tensor StandardLogSurvival(Tensor z) => Tensor.Where(z < 0, LogRest(Below, Above, Exponent(z)), LogAbove + Exponent(z));

    private protected override Func<Tensor, Tensor>? StandardQuantile =>
        p => Tensor.Where(p < Below, Asymmetry * (p.Log() - LogBelow), (LogAbove - (-p).Log1p()) / Asymmetry);

    private protected override Tensor StandardDraw(RandomKey key, Shape shape) => Difference(key, shape);

    private Tensor Exponent(Tensor z) => Tensor.Where(z < 0, z / Asymmetry, -(z * Asymmetry));

    // ln(1 − m·eˣ) from the masses m and 1 − m of the two sides of the mode; where 1 − m is small, not by a difference from 1.
    private static Tensor LogRest(Tensor mass, Tensor other, Tensor exponent)
    {
        Tensor part = mass * exponent.Exp(), small = part < 0.5;
        return Tensor.Where(small, (-Tensor.Where(small, part, 0.0)).Log1p(), (other - (mass * exponent.Expm1())).Log());
    }

    private Tensor Difference(RandomKey key, Shape shape)
    {
        (RandomKey first, RandomKey second) = key.Split();
        return (first.Exponential(shape, DType) / Asymmetry) - (second.Exponential(shape, DType) * Asymmetry);
    }
}
