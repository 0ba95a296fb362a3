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

    private Tensor Width => LogRatio.Instance.Apply(High, Low);

    private ContinuousBernoulli Position => ContinuousBernoulli.FromLogits((Power + 1) * Width);

    // Of the position from the upper end.
    private ContinuousBernoulli Reversed => ContinuousBernoulli.FromLogits(-((Power + 1) * Width));

    private protected override Tensor? StandardMean => FromEnd(LogMoment(1));

    private protected override Tensor? StandardVariance => StandardMean!.Square() * RelativeVariance;

    private protected override Tensor? StandardMode => Tensor.Where(Power > 0, High, Low);

    private protected override Tensor? StandardEntropy => Position.Entropy().Value + (Position.Mean().Value * Width) + Low.Log() + Width.Log();

    /// <summary>
    /// α·ln(x/e) − ln e − ln((1 − e^(−y))/|α + 1|) with y = |α + 1|·ln(high/low) and e the end with the greater part of the mass, the upper one above α = −1: the derivatives
    /// by the other end do not cancel.
    /// </summary>
    private protected override Tensor StandardLogDensity(Tensor z)
    {
        Tensor rising = Gradient.Stop(Power) > -1, slope = Tensor.Where(rising, Power + 1, -(Power + 1)), y = slope * Width, wide = Gradient.Stop(y) > 1;
        Tensor large = (-Tensor.Where(wide, y, 2.0)).Log1mExp() - Tensor.Where(wide, slope, 1.0).Log();
        Tensor half = 0.5 * Tensor.Where(wide, 1.0, y), small = Width.Log() - half + LogSinhc.Instance.Apply(half);
        Tensor end = Tensor.Where(rising, High, Low);
        return (Power * LogRatio.Instance.Apply(z, end)) - end.Log() - Tensor.Where(wide, large, small);
    }

    private protected override Tensor StandardCdf(Tensor z) => Position.Cdf(At(z));

    private protected override Tensor StandardLogCdf(Tensor z) => FromSmaller(Position.LogCdf(At(z)), Reversed.LogCdf(FromTop(z)));

    private protected override Tensor StandardSurvival(Tensor z) => Reversed.Cdf(FromTop(z));

    private protected override Tensor StandardLogSurvival(Tensor z) => FromSmaller(Reversed.LogCdf(FromTop(z)), Position.LogCdf(At(z)));

    private protected override Func<Tensor, Tensor>? StandardQuantile => p => FromEnd(Width * Position.Quantile(p));

    // The logarithm of the larger tail from that of the smaller, so that its rounding does not take it above 0.
    private static Tensor FromSmaller(Tensor own, Tensor other)
    {
        Tensor larger = Gradient.Stop(other) < -Constants.LogTwo;
        return Tensor.Where(larger, Tensor.Where(larger, other, -1.0).Log1mExp(), own);
    }

    private Tensor At(Tensor z) => LogRatio.Instance.Apply(z, Low) / Width;

    private Tensor FromTop(Tensor z) => LogRatio.Instance.Apply(High, z) / Width;

    // low·exp(log), from the upper end where that is nearer.
    private Tensor FromEnd(Tensor log)
    {
        Tensor below = Gradient.Stop(log) < 0.5 * Gradient.Stop(Width);
        return Tensor.Where(below, Low * Tensor.Where(below, log, 0.0).Exp(), High * Tensor.Where(below, 0.0, log - Width).Exp());
    }

    // E[X²]/E[X]² − 1. With s = α + 1 above 0 or below −2, E[X²]/E[X]² is (s + 1)²/(s·(s + 2)) times factors 1 − exp(−|s + k|·ln(high/low)), whose logarithms do not cancel.
    private Tensor RelativeVariance
    {
        get
        {
            Tensor s = Power + 1, size = Tensor.Maximum(Gradient.Stop(s), -2 - Gradient.Stop(s)), far = (size > 0) & (size * Gradient.Stop(Width) > 1);
            Tensor t = Tensor.Where(far, s, 2.0).Abs(), u = Tensor.Where(far, s + 1, 3.0).Abs(), v = Tensor.Where(far, s + 2, 4.0).Abs(), width = Tensor.Where(far, Width, 1.0);
            Tensor factors = (-(t * width)).Log1mExp() + (-(v * width)).Log1mExp() - (2 * (-(u * width)).Log1mExp());
            return Tensor.Where(far, factors - (-u.Square().Reciprocal()).Log1p(), LogMoment(2) - (2 * LogMoment(1))).Expm1();
        }
    }

    // ln E[(X/low)ᵏ].
    private Tensor LogMoment(int k) =>
        (0.5 * k * Width) + LogSinhc.Instance.Apply(0.5 * (Power + 1 + k) * Width) - LogSinhc.Instance.Apply(0.5 * (Power + 1) * Width);
}
