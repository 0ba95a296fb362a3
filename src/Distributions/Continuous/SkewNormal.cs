using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>Azzalini's skew Normal distribution (1985): density 2φ(z)·Φ(αz)/σ with z = (x − μ)/σ.</summary>
public sealed class SkewNormal : LocationScaleFamily, ILocationScale<SkewNormal>
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="loc">μ, the location; the mean only for a skew of 0.</param>
    /// <param name="scale">σ; above 0.</param>
    /// <param name="skew">α: 0 is the Normal distribution, ±∞ its upper or lower half.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public SkewNormal(Tensor loc, Tensor scale, Tensor skew)
        : base(FamilyParameter.Real(nameof(loc), loc), FamilyParameter.Positive(nameof(scale), scale), FamilyParameter.Real(nameof(skew), skew))
    {
    }

    /// <summary>μ, the location; the mean only for a skew of 0.</summary>
    public Tensor Loc => this[0];

    /// <summary>σ; above 0.</summary>
    public Tensor Scale => this[1];

    /// <summary>α: 0 is the Normal distribution, ±∞ its upper or lower half.</summary>
    public Tensor Skew => this[2];

    /// <inheritdoc/>
    public SkewNormal AffineTransform(Tensor loc, Tensor scale) => new(loc + (scale * Loc), scale * Scale, Skew);

    private protected override Tensor? Origin => Loc;

    private protected override Tensor? Unit => Scale;

    // α/√(1 + α²), the correlation of the two Normals behind a draw.
    private Tensor Correlation => Skew / Tensor.Hypot(1.0, Skew);

    private protected override Tensor? StandardMean => Math.Sqrt(2 / Math.PI) * Correlation;

    private protected override Tensor? StandardVariance => 1 - (2 / Math.PI * Correlation.Square());

    private protected override (TailOp Tail, Tensor Shape)? Inverse => (SkewNormalTail.Cdf, Skew);

    private protected override Tensor StandardLogDensity(Tensor z) => StandardLogDensity(Skew, z);

    private protected override Tensor StandardCdf(Tensor z) => SkewNormalTail.Cdf.Apply(Skew, z);

    private protected override Tensor StandardLogCdf(Tensor z) => SkewNormalTail.LogCdf.Apply(Skew, z);

    private protected override Tensor StandardSurvival(Tensor z) => SkewNormalTail.Survival.Apply(Skew, z);

    private protected override Tensor StandardLogSurvival(Tensor z) => SkewNormalTail.LogSurvival.Apply(Skew, z);

    /// <summary>The log density at location 0 and scale 1.</summary>
    internal static Tensor StandardLogDensity(Tensor skew, Tensor z) =>
        (skew * z).NormalLogCdf() - (0.5 * z.Square()) + (Constants.LogTwo - Constants.HalfLogTwoPi);

    // (α|N₁| + N₂)/√(1 + α²).
    private protected override Tensor StandardDraw(RandomKey key, Shape shape)
    {
        (RandomKey first, RandomKey second) = key.Split();
        return (Correlation * first.Normal(shape, DType).Abs()) + (second.Normal(shape, DType) / Tensor.Hypot(1.0, Skew));
    }
}
