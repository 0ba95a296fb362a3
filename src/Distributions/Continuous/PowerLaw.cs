using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// A power law between bounds: density ∝ x^α on [low, high], for any α. Uniform at 0, log-uniform at −1; a Pareto distribution that is cut off below −1.
/// ln(x/low)/ln(high/low) is continuous Bernoulli with logits (α + 1)·ln(high/low), which gives all of it without cancellation at −1.
/// </summary>
public sealed class PowerLaw : LocationScaleFamily, IScale<PowerLaw>
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="power">α; any number.</param>
    /// <param name="low">The lower end; above 0.</param>
    /// <param name="high">The upper end; above the lower.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public PowerLaw(Tensor power, Tensor low, Tensor high)
        : base(FamilyParameter.Finite(nameof(power), power), FamilyParameter.Positive(nameof(low), low), FamilyParameter.Positive(nameof(high), high)) =>
        ParameterChecks.Ordered(nameof(PowerLaw), Low, High);

    /// <summary>α; any number.</summary>
    public Tensor Power => this[0];

    /// <summary>The lower end; above 0.</summary>
    public Tensor Low => this[1];

    /// <summary>The upper end; above the lower.</summary>
    public Tensor High => this[2];

    /// <inheritdoc/>
    public PowerLaw ScaleTransform(Tensor scale) => new(Power, scale * Low, scale * High);

    private protected override Tensor Bottom => Low;

    private protected override Tensor Top => High;

    // ln(high/low), also for ends that are close.
    private Tensor Width => ((High - Low) / Low).Log1p();

    private ContinuousBernoulli Position => ContinuousBernoulli.FromLogits((Power + 1) * Width);

    // Of the position from the upper end.
    private ContinuousBernoulli Reversed => ContinuousBernoulli.FromLogits(-((Power + 1) * Width));

    private protected override Tensor? StandardMean => Low * LogMoment(1).Exp();

    private protected override Tensor? StandardVariance => Low.Square() * (2 * LogMoment(1)).Exp() * (LogMoment(2) - (2 * LogMoment(1))).Expm1();

    private protected override Tensor? StandardMode => Tensor.Where(Power > 0, High, Low);

    private protected override Tensor? StandardEntropy => Position.Entropy().Value + (Position.Mean().Value * Width) + Low.Log() + Width.Log();

    private protected override Tensor StandardLogDensity(Tensor z) => Position.LogDensity(At(z)) - Width.Log() - z.Log();

    private protected override Tensor StandardCdf(Tensor z) => Position.Cdf(At(z));

    private protected override Tensor StandardLogCdf(Tensor z) => Position.LogCdf(At(z));

    private protected override Tensor StandardSurvival(Tensor z) => Reversed.Cdf(FromTop(z));

    private protected override Tensor StandardLogSurvival(Tensor z) => Reversed.LogCdf(FromTop(z));

    private protected override Func<Tensor, Tensor>? StandardQuantile => p => Low * (Width * Position.Quantile(p)).Exp();

    private Tensor At(Tensor z) => ((z - Low) / Low).Log1p() / Width;

    // ln(high/z), also where low is lost beside high.
    private Tensor FromTop(Tensor z)
    {
        Tensor near = z > 0.5 * High, ratio = Tensor.Where(near, 1.0, z) / High;
        return -Tensor.Where(near, ((Tensor.Where(near, z, High) - High) / High).Log1p(), ratio.Log()) / Width;
    }

    // ln E[(X/low)ᵏ].
    private Tensor LogMoment(int k) =>
        (0.5 * k * Width) + LogSinhc.Instance.Apply(0.5 * (Power + 1 + k) * Width) - LogSinhc.Instance.Apply(0.5 * (Power + 1) * Width);
}
