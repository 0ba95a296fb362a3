using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The generalized Normal distribution: density β·exp(−|z|ᵝ)/(2α·Γ(1/β)) with z = (x − μ)/α.</summary>
public sealed class GeneralizedNormal : LocationScaleFamily, ILocationScale<GeneralizedNormal>
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="loc">μ, the mean and median.</param>
    /// <param name="scale">α; above 0.</param>
    /// <param name="power">β; above 0: 1 is the Laplace, 2 the Normal distribution with variance α²/2.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public GeneralizedNormal(Tensor loc, Tensor scale, Tensor power)
        : base(FamilyParameter.Real(nameof(loc), loc), FamilyParameter.Positive(nameof(scale), scale), FamilyParameter.Positive(nameof(power), power))
    {
    }

    /// <summary>μ, the mean and median.</summary>
    public Tensor Loc => this[0];

    /// <summary>α; above 0.</summary>
    public Tensor Scale => this[1];

    /// <summary>β; above 0: 1 is the Laplace, 2 the Normal distribution with variance α²/2.</summary>
    public Tensor Power => this[2];

    /// <inheritdoc/>
    public GeneralizedNormal AffineTransform(Tensor loc, Tensor scale) => new(loc + (scale * Loc), scale * Scale, Power);

    /// <inheritdoc/>
    public override Tensor Quantile(Tensor probability)
    {
        Tensor p = CheckProbability(probability), still = Gradient.Stop(p), inverse = Gradient.Stop(1 / Power);
        Tensor size = GammaUpperQuantile.Instance.Apply(inverse, 2 * Tensor.Where(still < 0.5, still, 1 - still)).Pow(inverse);
        Tensor z = Tensor.Where(still < 0.5, -size, size);
        return ImplicitGradient.Attach(this, Gradient.Stop(Loc) + (Gradient.Stop(Scale) * z), p);
    }

    /// <inheritdoc/>
    public override Evidence QuantileEvidence => Evidence.Exact;

    /// <summary>
    /// α·(|z|·P(1/β, |z|ᵝ) + m·(Q(2/β, |z|ᵝ) − 1 + I_½(2/β, 1/β))) with m = Γ(2/β)/Γ(1/β) = E|Z|: from E min(|Z|, |Z′|) = 2m·I_½(2/β, 1/β).
    /// </summary>
    /// <inheritdoc/>
    public override Tensor Crps(Tensor value)
    {
        // Where m is beyond the range of the type, its part below |z| is not.
        Tensor inverse = 1 / Power, logMean = (2 * inverse).LogGamma() - inverse.LogGamma();
        Tensor self = (logMean + IncompleteBeta.LogLower.Apply(2 * inverse, inverse, Tensor.Scalar(0.5, DType))).Exp();
        return FiniteCrps(value, y =>
        {
            Tensor z = Standardize(y), raised = Raised(z), below = (logMean + IncompleteGamma.LogLower.Apply(2 * inverse, raised)).Exp();
            return Scale * ((z.Abs() * IncompleteGamma.Lower.Apply(inverse, raised)) - below + self);
        });
    }

    /// <inheritdoc/>
    public override Evidence CrpsEvidence => Evidence.Exact;

    private protected override Tensor? Origin => Loc;

    private protected override Tensor? Unit => Scale;

    private protected override Tensor? StandardMean => 0.0;

    private protected override Tensor? StandardVariance => ((3 / Power).LogGamma() - (1 / Power).LogGamma()).Exp();

    private protected override Tensor? StandardMode => 0.0;

    private protected override Tensor? StandardEntropy => (1 / Power) + Constants.LogTwo + (1 / Power).LogGamma() - Power.Log();

    private protected override Tensor StandardLogDensity(Tensor z) => Power.Log() - Constants.LogTwo - (1 / Power).LogGamma() - Raised(z);

    private protected override Tensor StandardCdf(Tensor z) => Tail(z);

    private protected override Tensor StandardLogCdf(Tensor z) => LogTail(z);

    private protected override Tensor StandardSurvival(Tensor z) => Tail(-z);

    private protected override Tensor StandardLogSurvival(Tensor z) => LogTail(-z);

    // |Z|ᵝ is Gamma(1/β); the sign is that of a coin.
    private protected override Tensor StandardDraw(RandomKey key, Shape shape)
    {
        (RandomKey coin, RandomKey gamma) = key.Split();
        Tensor size = (LogGammaDraw(gamma, 1 / Power, shape) / Power).Exp();
        return Tensor.Where(coin.Uniform(shape, DType) < 0.5, -size, size);
    }

    // |z|ᵝ with a gradient of zero at 0.
    private Tensor Raised(Tensor z)
    {
        Tensor zero = z.EqualTo(0.0);
        return Tensor.Where(zero, 0.0, Tensor.Where(zero, 1.0, z.Abs()).Pow(Power));
    }

    private Tensor Tail(Tensor z)
    {
        (Tensor small, Tensor excess, Tensor other) = Parts(z);
        Tensor half = 0.5 * IncompleteGamma.Upper.Apply(1 / Power, Raised(other));
        return Tensor.Where(small, 0.5 + (0.5 * excess), Tensor.Where(z < 0, half, 1 - half));
    }

    private Tensor LogTail(Tensor z)
    {
        (Tensor small, Tensor excess, Tensor other) = Parts(z);
        Tensor raised = Raised(other);
        Tensor log = Tensor.Where(
            z < 0, IncompleteGamma.LogUpper.Apply(1 / Power, raised) - Constants.LogTwo, (-0.5 * IncompleteGamma.Upper.Apply(1 / Power, raised)).Log1p());
        return Tensor.Where(small, excess.Log1p() - Constants.LogTwo, log);
    }

    // Where |z|ᵝ is lost beside 1 the density is flat, P(|Z| ≤ |z|) = |z|/Γ(1 + 1/β): the others are left to the incomplete gamma function.
    private (Tensor Small, Tensor Excess, Tensor Other) Parts(Tensor z)
    {
        Tensor small = Gradient.Stop(Raised(z)) < 1e-20;
        return (small, Tensor.Where(small, z, 0.0) * (-(1 + (1 / Power)).LogGamma()).Exp(), Tensor.Where(small, 1.0, z));
    }
}
