using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The inverse Gaussian distribution, of the time at which a drifting Brownian motion reaches a level: density √(λ/(2πx³))·exp(−λ(x − μ)²/(2μ²x)) on (0, ∞).</summary>
public sealed class InverseGaussian : LocationScaleFamily, IScale<InverseGaussian>
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="loc">μ, the mean; above 0.</param>
    /// <param name="concentration">λ; above 0. The variance is μ³/λ.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public InverseGaussian(Tensor loc, Tensor concentration)
        : base(FamilyParameter.Positive(nameof(loc), loc), FamilyParameter.Positive(nameof(concentration), concentration))
    {
    }

    /// <summary>μ, the mean; above 0.</summary>
    public Tensor Loc => this[0];

    /// <summary>λ; above 0. The variance is μ³/λ.</summary>
    public Tensor Concentration => this[1];

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value) =>
        (0.5 * Concentration.Log()) - Constants.HalfLogTwoPi - (1.5 * value.Log()) - InverseGaussianExponent.Instance.Apply(value, Loc, Concentration);

    /// <inheritdoc/>
    public InverseGaussian ScaleTransform(Tensor scale) => new(scale * Loc, scale * Concentration);

    private protected override Tensor Bottom => 0.0;

    private protected override Tensor? Unit => Loc;

    // φ = λ/μ, the shape of z = x/μ.
    private Tensor Ratio => Concentration / Loc;

    private protected override Tensor? StandardMean => 1.0;

    private protected override Tensor? StandardVariance => 1 / Ratio;

    private protected override Tensor? StandardMode => 1 / (Tensor.Hypot(1.0, 1.5 / Ratio) + (1.5 / Ratio));

    private protected override Tensor? StandardEntropy => 0.5 + Constants.HalfLogTwoPi - (0.5 * Ratio.Log()) - (1.5 * ScaledExpIntegral.Instance.Apply(2 * Ratio));

    private protected override (TailOp Tail, Tensor Shape)? Inverse => (InverseGaussianTail.Cdf, Ratio);

    private protected override Tensor StandardLogDensity(Tensor z) => StandardLogDensity(Ratio, z);

    private protected override Tensor StandardCdf(Tensor z) => InverseGaussianTail.Cdf.Apply(Ratio, z);

    private protected override Tensor StandardLogCdf(Tensor z) => InverseGaussianTail.LogCdf.Apply(Ratio, z);

    private protected override Tensor StandardSurvival(Tensor z) => InverseGaussianTail.Survival.Apply(Ratio, z);

    private protected override Tensor StandardLogSurvival(Tensor z) => InverseGaussianTail.LogSurvival.Apply(Ratio, z);

    /// <summary>The log density at a mean of 1.</summary>
    internal static Tensor StandardLogDensity(Tensor shape, Tensor z) =>
        (0.5 * shape.Log()) - Constants.HalfLogTwoPi - (1.5 * z.Log()) - (0.5 * shape * ((z - 1) / z * (z - 1)));

    // Michael, Schucany and Haas (1976): the smaller root of φ(z − 1)²/z = N², or its inverse with probability z/(1 + z). Differentiated implicitly.
    private protected override Tensor StandardDraw(RandomKey key, Shape shape)
    {
        (RandomKey normal, RandomKey coin) = key.Split();
        Tensor half = normal.Normal(shape, DType).Square() / (2 * Gradient.Stop(Ratio));

        // 1 + h − √(2h + h²), with h = N²/(2φ), as the inverse of a sum.
        Tensor small = 1 / (1 + half + (half * (2 + half)).Sqrt());
        Tensor z = Tensor.Where(coin.Uniform(shape, DType) * (1 + small) <= 1, small, 1 / small);
        return Standardize(ImplicitGradient.Attach(this, Gradient.Stop(Loc) * z, null));
    }
}
