using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The Moyal distribution, an approximation to Landau's: density exp(−(z + exp(−z))/2)/(σ·√(2π)) with z = (x − μ)/σ. exp(−z) is the square of a standard Normal.</summary>
public sealed class Moyal : LocationScaleFamily, ILocationScale<Moyal>
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="loc">μ, the mode.</param>
    /// <param name="scale">σ; above 0. The standard deviation is σ·π/√2.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public Moyal(Tensor loc, Tensor scale)
        : base(FamilyParameter.Real(nameof(loc), loc), FamilyParameter.Positive(nameof(scale), scale))
    {
    }

    /// <summary>μ, the mode.</summary>
    public Tensor Loc => this[0];

    /// <summary>σ; above 0. The standard deviation is σ·π/√2.</summary>
    public Tensor Scale => this[1];

    /// <inheritdoc/>
    public Moyal AffineTransform(Tensor loc, Tensor scale) => new(loc + (scale * Loc), scale * Scale);

    private protected override Tensor? Origin => Loc;

    private protected override Tensor? Unit => Scale;

    private protected override Tensor? StandardMean => Constants.EulerGamma + Constants.LogTwo;

    private protected override Tensor? StandardVariance => Math.PI * Math.PI / 2;

    private protected override Tensor? StandardMode => 0.0;

    private protected override Tensor? StandardEntropy => 0.5 * (1 + Constants.EulerGamma + Math.Log(4 * Math.PI));

    private protected override Tensor StandardLogDensity(Tensor z) => (-0.5 * (z + (-z).Exp())) - Constants.HalfLogTwoPi;

    private protected override Tensor StandardCdf(Tensor z) => 2 * (-(-0.5 * z).Exp()).NormalCdf();

    private protected override Tensor StandardLogCdf(Tensor z) => (-(-0.5 * z).Exp()).NormalLogCdf() + Constants.LogTwo;

    private protected override Tensor StandardSurvival(Tensor z) => (Constants.SqrtHalf * (-0.5 * z).Exp()).Erf();

    private protected override Tensor StandardLogSurvival(Tensor z) => LogErf(-0.5 * (z + Constants.LogTwo));

    private protected override Func<Tensor, Tensor>? StandardQuantile => p => -2 * (Math.Sqrt(2) * p.ErfcInv()).Log();

    private protected override Tensor StandardDraw(RandomKey key, Shape shape) => -2 * key.Normal(shape, DType).Abs().Log();

    // ln erf(eᵘ), from the first term of its series where eᵘ may underflow.
    private static Tensor LogErf(Tensor u)
    {
        Tensor small = u < -20;
        return Tensor.Where(small, u + (Constants.LogTwo - (0.5 * Constants.LogPi)), Tensor.Where(small, 0.0, u).Exp().Erf().Log());
    }
}
