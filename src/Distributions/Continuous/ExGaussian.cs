using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The exponentially modified Gaussian distribution: the sum of a Normal(μ, σ) and an Exponential(λ).</summary>
public sealed class ExGaussian : LocationScaleFamily, ILocationScale<ExGaussian>
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="loc">μ, the mean of the Normal part.</param>
    /// <param name="scale">σ, the standard deviation of the Normal part; above 0.</param>
    /// <param name="rate">λ, the inverse mean of the exponential part; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public ExGaussian(Tensor loc, Tensor scale, Tensor rate)
        : base(FamilyParameter.Real(nameof(loc), loc), FamilyParameter.Positive(nameof(scale), scale), FamilyParameter.Positive(nameof(rate), rate))
    {
    }

    /// <summary>μ, the mean of the Normal part.</summary>
    public Tensor Loc => this[0];

    /// <summary>σ, the standard deviation of the Normal part; above 0.</summary>
    public Tensor Scale => this[1];

    /// <summary>λ, the inverse mean of the exponential part; above 0.</summary>
    public Tensor Rate => this[2];

    /// <inheritdoc/>
    public ExGaussian AffineTransform(Tensor loc, Tensor scale) => new(loc + (scale * Loc), scale * Scale, Rate / scale);

    private protected override Tensor? Origin => Loc;

    private protected override Tensor? Unit => Scale;

    // λσ: the rate in units of the Normal part.
    private Tensor StandardRate => Rate * Scale;

    private protected override Tensor? StandardMean => 1 / StandardRate;

    private protected override Tensor? StandardVariance => 1 + StandardRate.Square().Reciprocal();

    private protected override (TailOp Tail, Tensor Shape)? Inverse => (ExGaussianTail.Cdf, StandardRate);

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value) =>
        LogConvolution(StandardRate, Standardize(value), Rate * (value - Loc)) + Rate.Log();

    private protected override Tensor StandardLogDensity(Tensor z) => LogConvolution(StandardRate, z) + StandardRate.Log();

    private protected override Tensor StandardCdf(Tensor z) => ExGaussianTail.Cdf.Apply(StandardRate, z);

    private protected override Tensor StandardLogCdf(Tensor z) => ExGaussianTail.LogCdf.Apply(StandardRate, z);

    private protected override Tensor StandardSurvival(Tensor z) => ExGaussianTail.Survival.Apply(StandardRate, z);

    private protected override Tensor StandardLogSurvival(Tensor z) => ExGaussianTail.LogSurvival.Apply(StandardRate, z);

    private protected override Tensor StandardDraw(RandomKey key, Shape shape)
    {
        (RandomKey first, RandomKey second) = key.Split();
        return first.Normal(shape, DType) + (second.Exponential(shape, DType) / StandardRate);
    }

    /// <summary>
    /// ln(exp(k²/2 − kz)·Φ(z − k)); for z &lt; k as −z²/2 + ln(½·erfcx((k − z)/√2)), in which large squares do not meet.
    /// </summary>
    /// <param name="rate">k.</param>
    /// <param name="z">z.</param>
    /// <param name="product">kz, if it is known without the unit of z: so that no derivative in that unit cancels.</param>
    internal static Tensor LogConvolution(Tensor rate, Tensor z, Tensor? product = null)
    {
        Tensor distance = z - rate, below = distance < 0;
        Tensor left = (-Constants.SqrtHalf * Tensor.Where(below, distance, 0.0)).Erfcx().Log() - (0.5 * Tensor.Where(below, z, 0.0).Square()) - Constants.LogTwo;
        Tensor right = (0.5 * rate.Square()) - (product ?? rate * z) + Tensor.Where(below, 0.0, distance).NormalLogCdf();
        return Tensor.Where(below, left, right);
    }
}
