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
        lower = ParameterChecks.Positive(nameof(AsymmetricLaplace), nameof(lower), lower);
        upper = ParameterChecks.Positive(nameof(AsymmetricLaplace), nameof(upper), upper);
        return new(loc, lower.Sqrt() * upper.Sqrt(), lower.Sqrt() / upper.Sqrt());
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

    private protected override Tensor? StandardMean => (1 / Asymmetry) - Asymmetry;

    private protected override Tensor? StandardVariance => (1 / Asymmetry).Square() + Asymmetry.Square();

    private protected override Tensor? StandardMode => 0.0;

    private protected override Tensor? StandardEntropy => 1 + (Asymmetry + (1 / Asymmetry)).Log();

    private protected override Tensor StandardLogDensity(Tensor z) => Exponent(z) - (Asymmetry + (1 / Asymmetry)).Log();

    private protected override Tensor StandardCdf(Tensor z) => Tensor.Where(z < 0, Below * Exponent(z).Exp(), 1 - (Above * Exponent(z).Exp()));

    private protected override Tensor StandardLogCdf(Tensor z) => Tensor.Where(z < 0, Below.Log() + Exponent(z), (-(Above * Exponent(z).Exp())).Log1p());

    private protected override Tensor StandardSurvival(Tensor z) => Tensor.Where(z < 0, 1 - (Below * Exponent(z).Exp()), Above * Exponent(z).Exp());

    private protected override Tensor StandardLogSurvival(Tensor z) => Tensor.Where(z < 0, (-(Below * Exponent(z).Exp())).Log1p(), Above.Log() + Exponent(z));

    private protected override Func<Tensor, Tensor>? StandardQuantile =>
        p => Tensor.Where(p < Below, Asymmetry * (p.Log() - Below.Log()), (Above.Log() - (-p).Log1p()) / Asymmetry);

    private protected override Tensor StandardDraw(RandomKey key, Shape shape) => Difference(key, shape);

    private Tensor Exponent(Tensor z) => Tensor.Where(z < 0, z / Asymmetry, -(z * Asymmetry));

    private Tensor Difference(RandomKey key, Shape shape)
    {
        (RandomKey first, RandomKey second) = key.Split();
        return (first.Exponential(shape, DType) / Asymmetry) - (second.Exponential(shape, DType) * Asymmetry);
    }
}
