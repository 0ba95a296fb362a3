using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The Maxwell distribution, of the length of a vector of three Normals: density √(2/π)·z²·exp(−z²/2)/σ on (0, ∞) with z = x/σ.</summary>
public sealed class Maxwell : LocationScaleFamily, IScale<Maxwell>
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="scale">σ; above 0. The mode is σ·√2.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public Maxwell(Tensor scale)
        : base(FamilyParameter.Positive(nameof(scale), scale))
    {
    }

    /// <summary>σ; above 0. The mode is σ·√2.</summary>
    public Tensor Scale => this[0];

    /// <inheritdoc/>
    public Maxwell ScaleTransform(Tensor scale) => new(scale * Scale);

    private protected override Tensor Bottom => 0.0;

    private protected override Tensor? Unit => Scale;

    private protected override Tensor? StandardMean => 2 * Math.Sqrt(2 / Math.PI);

    private protected override Tensor? StandardVariance => 3 - (8 / Math.PI);

    private protected override Tensor? StandardMode => Math.Sqrt(2);

    private protected override Tensor? StandardEntropy => Constants.EulerGamma + Constants.HalfLogTwoPi - 0.5;

    private protected override Tensor StandardLogDensity(Tensor z) => (2 * z.Log()) - (0.5 * z.Square()) + (Constants.LogTwo - Constants.HalfLogTwoPi);

    private protected override Tensor StandardCdf(Tensor z) => IncompleteGamma.Lower.Apply(ThreeHalves, 0.5 * z.Square());

    private protected override Tensor StandardLogCdf(Tensor z) => IncompleteGamma.LogLower.Apply(ThreeHalves, 0.5 * z.Square());

    private protected override Tensor StandardSurvival(Tensor z) => IncompleteGamma.Upper.Apply(ThreeHalves, 0.5 * z.Square());

    private protected override Tensor StandardLogSurvival(Tensor z) => IncompleteGamma.LogUpper.Apply(ThreeHalves, 0.5 * z.Square());

    private protected override Func<Tensor, Tensor>? StandardQuantile => p => (2 * Tensor.GammaPInverse(ThreeHalves, p)).Sqrt();

    private protected override Tensor StandardDraw(RandomKey key, Shape shape) => (0.5 * (key.LogGamma(ThreeHalves, shape) + Constants.LogTwo)).Exp();

    // Z²/2 is Gamma(3/2).
    private Tensor ThreeHalves => Tensor.Scalar(1.5, DType);
}
