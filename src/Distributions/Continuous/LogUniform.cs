using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The log-uniform (reciprocal) distribution: density 1/(x·ln(high/low)) on [low, high].</summary>
public sealed class LogUniform : LocationScaleFamily
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="low">The lower end; above 0.</param>
    /// <param name="high">The upper end; above the lower.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public LogUniform(Tensor low, Tensor high)
        : base(FamilyParameter.Positive(nameof(low), low), FamilyParameter.Positive(nameof(high), high))
    {
    }

    /// <summary>The lower end; above 0.</summary>
    public Tensor Low => this[0];

    /// <summary>The upper end; above the lower.</summary>
    public Tensor High => this[1];

    private protected override Tensor Bottom => Low;

    private protected override Tensor Top => High;

    // ln(high/low), also for ends that are close.
    private Tensor Width => Span(Low, High);

    private protected override Tensor? StandardMean => (High - Low) / Width;

    private protected override Tensor? StandardVariance => (High - Low).Square() / (2 * Width) * Langevin.Instance.Apply(0.5 * Width);

    private protected override Tensor? StandardMode => Low;

    private protected override Tensor? StandardEntropy => Low.Log() + (0.5 * Width) + Width.Log();

    private protected override Tensor StandardLogDensity(Tensor z) => -(z.Log() + Width.Log());

    private protected override Tensor StandardCdf(Tensor z) => Span(Low, z) / Width;

    private protected override Tensor StandardSurvival(Tensor z) => Span(z, High) / Width;

    private protected override Func<Tensor, Tensor>? StandardQuantile => p => Tensor.Where(p < 0.5, Low * (p * Width).Exp(), High * ((p - 1) * Width).Exp());

    // ln(to/from), also of numbers that are close, or so far apart that their ratio leaves the range of the type.
    private static Tensor Span(Tensor from, Tensor to)
    {
        Tensor far = to > 4 * from, near = Tensor.Where(far, from, to);
        return Tensor.Where(far, LogRatio.Instance.Apply(to, from), ((near - from) / from).Log1p());
    }
}
