using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The Normal distribution: density exp(−z²/2) / (σ√(2π)) with z = (x − μ)/σ.</summary>
public sealed class Normal : Univariate, IReparameterized, ILocationScale<Normal>
{
    private const double HalfLogTwoPi = 0.91893853320467274178;

    /// <summary>Creates the distribution.</summary>
    /// <param name="loc">μ, the mean.</param>
    /// <param name="scale">σ, the standard deviation; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A scale is not above 0.</exception>
    public Normal(Tensor loc, Tensor scale)
    {
        ParameterChecks.Align(nameof(Normal), ref loc, ref scale);
        Loc = loc;
        Scale = ParameterChecks.Positive(nameof(Normal), nameof(scale), scale);
        BatchShape = BroadcastParameters(nameof(Normal), ("loc", loc), ("scale", scale));
    }

    /// <summary>μ, the mean.</summary>
    public Tensor Loc { get; }

    /// <summary>σ, the standard deviation.</summary>
    public Tensor Scale { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("loc", Loc), ("scale", Scale)];

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override DType DType => Scale.DType;

    /// <inheritdoc/>
    public override Support Support => Support.Real;

    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Estimate.Exact(Loc.BroadcastTo(BatchShape));

    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null) => Estimate.Exact(Scale.Square().BroadcastTo(BatchShape));

    /// <inheritdoc/>
    public override Tensor Mode => Loc.BroadcastTo(BatchShape);

    /// <inheritdoc/>
    public override Estimate Entropy(RandomKey? key = null) => Estimate.Exact((Scale.Log() + (0.5 + HalfLogTwoPi)).BroadcastTo(BatchShape));

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value)
    {
        Tensor z = (value - Loc) / Scale;
        return (-0.5 * z.Square()) - Scale.Log() - HalfLogTwoPi;
    }

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor value) => Guard(value, x => Standardize(x, nameof(Cdf)).NormalCdf(), 1, Survival);

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor value) => Guard(value, x => Standardize(x, nameof(LogCdf)).NormalLogCdf(), 0, null);

    /// <inheritdoc/>
    public override Tensor Survival(Tensor value) => Guard(value, x => (-Standardize(x, nameof(Survival))).NormalCdf(), 1, Cdf);

    /// <inheritdoc/>
    public override Tensor LogSurvival(Tensor value) => Guard(value, x => (-Standardize(x, nameof(LogSurvival))).NormalLogCdf(), 0, null);

    /// <inheritdoc/>
    public override Tensor Quantile(Tensor probability) => Loc + (Scale * CheckProbability(probability).NormalQuantile());

    /// <inheritdoc/>
    public override Evidence QuantileEvidence => Evidence.Exact;

    /// <summary>σ·(z·(2Φ(z) − 1) + 2φ(z) − 1/√π) (Gneiting and Raftery 2007).</summary>
    /// <inheritdoc/>
    public override Tensor Crps(Tensor value)
    {
        Tensor z = Standardize(value, nameof(Crps));
        Tensor density = ((-0.5 * z.Square()) - HalfLogTwoPi).Exp();
        return Scale * ((z * ((2 * z.NormalCdf()) - 1)) + (2 * density) - (1 / Math.Sqrt(Math.PI)));
    }

    /// <inheritdoc/>
    public override Evidence CrpsEvidence => Evidence.Exact;

    /// <inheritdoc/>
    public Tensor RSample(RandomKey key, Shape shape = default) => Loc + (Scale * key.Normal(SampleShape(shape), DType));

    /// <inheritdoc/>
    public Normal AffineTransform(Tensor loc, Tensor scale) => new(loc + (scale * Loc), scale * Scale);

    internal override (Tensor LogWeights, Tensor Loc, Tensor Scale)? NormalComponents() =>
        (Tensor.Zeros([1], DType), Loc.BroadcastTo(BatchShape).Unsqueeze(-1), Scale.BroadcastTo(BatchShape).Unsqueeze(-1));

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => RSample(key, shape);

    private Tensor Standardize(Tensor value, string method) => (CheckValue(value, method) - Loc) / Scale;
}
