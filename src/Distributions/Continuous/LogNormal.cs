using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The distribution of eˣ for X Normal: density exp(−z²/2)/(x·σ·√(2π)) with z = (ln x − μ)/σ on (0, ∞).</summary>
public sealed class LogNormal : Univariate, IReparameterized, IScale<LogNormal>
{
    private const double HalfLogTwoPi = 0.91893853320467274178;

    /// <summary>Creates the distribution.</summary>
    /// <param name="loc">μ, the mean of the logarithm.</param>
    /// <param name="scale">σ, the standard deviation of the logarithm; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public LogNormal(Tensor loc, Tensor scale)
    {
        ParameterChecks.Align(nameof(LogNormal), ref loc, ref scale);
        Scale = ParameterChecks.Positive(nameof(LogNormal), nameof(scale), scale);
        Loc = loc;
        BatchShape = BroadcastParameters(nameof(LogNormal), ("loc", loc), ("scale", scale));
    }

    /// <summary>μ, the mean of the logarithm.</summary>
    public Tensor Loc { get; }

    /// <summary>σ, the standard deviation of the logarithm; above 0.</summary>
    public Tensor Scale { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("loc", Loc), ("scale", Scale)];

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override DType DType => Loc.DType;

    /// <inheritdoc/>
    public override Support Support => Support.Positive;

    /// <summary>exp(μ + σ²/2).</summary>
    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Estimate.Exact((Loc + (0.5 * Scale.Square())).Exp());

    /// <summary>(exp(σ²) − 1)·exp(2μ + σ²).</summary>
    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null) =>
        Estimate.Exact(-(-Scale.Square()).Expm1() * (2 * (Loc + Scale.Square())).Exp());

    /// <inheritdoc/>
    public override Tensor Mode => (Loc - Scale.Square()).Exp();

    /// <inheritdoc/>
    public override Estimate Entropy(RandomKey? key = null) => Estimate.Exact(Loc + Scale.Log() + (0.5 + HalfLogTwoPi));

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value)
    {
        Tensor log = value.Log();
        return (-0.5 * ((log - Loc) / Scale).Square()) - log - Scale.Log() - HalfLogTwoPi;
    }

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor value) => Guard(value, x => Tail(x, nameof(Cdf), z => z.NormalCdf(), 0), 1, Survival);

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor value) => Guard(value, x => Tail(x, nameof(LogCdf), z => z.NormalLogCdf(), double.NegativeInfinity), 0, null);

    /// <inheritdoc/>
    public override Tensor Survival(Tensor value) => Guard(value, x => Tail(x, nameof(Survival), z => (-z).NormalCdf(), 1), 1, Cdf);

    /// <inheritdoc/>
    public override Tensor LogSurvival(Tensor value) => Guard(value, x => Tail(x, nameof(LogSurvival), z => (-z).NormalLogCdf(), 0), 0, null);

    /// <inheritdoc/>
    public override Tensor Quantile(Tensor probability) => (Loc + (Scale * CheckProbability(probability).NormalQuantile())).Exp();

    /// <inheritdoc/>
    public override Evidence QuantileEvidence => Evidence.Exact;

    /// <summary>y·(2F(y) − 1) − 2·exp(μ + σ²/2)·(Φ(z − σ) + Φ(σ/√2) − 1) (Jordan, Krüger and Lerch 2019).</summary>
    /// <inheritdoc/>
    public override Tensor Crps(Tensor value)
    {
        // Φ(σ/√2) − 1 as a tail, so that a small σ does not cancel against it twice; and where the mean is beyond the range of the type, what lies below y is not.
        Tensor logMean = Loc + (0.5 * Scale.Square()), rest = 0.5 * (Loc + (0.25 * Scale.Square())).Exp() * (0.5 * Scale).Erfcx();
        return FiniteCrps(value, y =>
        {
            // exp(μ + σ²/2)·Φ(t) with t = z − σ, which is y·exp(−z²/2)·½·erfcx(−t/√2).
            Tensor below = Tail(y, nameof(Crps), z =>
            {
                Tensor t = z - Scale, left = t < 0;
                Tensor scaled = 0.5 * y * (-0.5 * z.Square()).Exp() * (Tensor.Where(left, t, -1.0) * -Math.Sqrt(0.5)).Erfcx();
                return Tensor.Where(left, scaled, logMean.Exp() * Tensor.Where(left, 1.0, t).NormalCdf());
            }, 0);
            return (y * ((2 * Cdf(y)) - 1)) - (2 * (below - rest));
        });
    }

    /// <inheritdoc/>
    public override Evidence CrpsEvidence => Evidence.Exact;

    /// <inheritdoc/>
    public Tensor RSample(RandomKey key, Shape shape = default) => (Loc + (Scale * key.Normal(SampleShape(shape), DType))).Exp();

    /// <inheritdoc/>
    public LogNormal ScaleTransform(Tensor scale) => new(Loc + ParameterChecks.Literal(scale, DType).Log(), Scale);

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => RSample(key, shape);

    // A function of z = (ln x − μ)/σ on (0, ∞), and a constant below.
    private Tensor Tail(Tensor value, string method, Func<Tensor, Tensor> function, double below)
    {
        value = CheckValue(value, method);
        Tensor inside = !(value <= 0);
        return Tensor.Where(inside, function((Tensor.Where(inside, value, 1.0).Log() - Loc) / Scale), below);
    }
}
