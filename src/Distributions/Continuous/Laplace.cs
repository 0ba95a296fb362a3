using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The Laplace distribution: density exp(−|z|)/(2b) with z = (x − μ)/b.</summary>
public sealed class Laplace : Univariate, IReparameterized, ILocationScale<Laplace>
{
    private const double LogTwo = 0.69314718055994530942;

    /// <summary>Creates the distribution.</summary>
    /// <param name="loc">μ, the median and mean.</param>
    /// <param name="scale">b, the mean absolute deviation; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public Laplace(Tensor loc, Tensor scale)
    {
        ParameterChecks.Align(nameof(Laplace), ref loc, ref scale);
        Scale = ParameterChecks.Positive(nameof(Laplace), nameof(scale), scale);
        Loc = loc;
        BatchShape = BroadcastParameters(nameof(Laplace), ("loc", loc), ("scale", scale));
    }

    /// <summary>μ, the median and mean.</summary>
    public Tensor Loc { get; }

    /// <summary>b, the mean absolute deviation; above 0.</summary>
    public Tensor Scale { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("loc", Loc), ("scale", Scale)];

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override DType DType => Loc.DType;

    /// <inheritdoc/>
    public override Support Support => Support.Real;

    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Estimate.Exact(Loc.BroadcastTo(BatchShape));

    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null) => Estimate.Exact((2 * Scale.Square()).BroadcastTo(BatchShape));

    /// <inheritdoc/>
    public override Tensor Mode => Loc.BroadcastTo(BatchShape);

    /// <inheritdoc/>
    public override Estimate Entropy(RandomKey? key = null) => Estimate.Exact((Scale.Log() + (1 + LogTwo)).BroadcastTo(BatchShape));

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value) => -((value - Loc) / Scale).Abs() - Scale.Log() - LogTwo;

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor value) => Guard(value, x => Tail(Standardize(x, nameof(Cdf))), 1, Survival);

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor value) => Guard(value, x => LogTail(Standardize(x, nameof(LogCdf))), 0, LogSurvival);

    /// <inheritdoc/>
    public override Tensor Survival(Tensor value) => Guard(value, x => Tail(-Standardize(x, nameof(Survival))), 1, Cdf);

    /// <inheritdoc/>
    public override Tensor LogSurvival(Tensor value) => Guard(value, x => LogTail(-Standardize(x, nameof(LogSurvival))), 0, LogCdf);

    /// <inheritdoc/>
    public override Tensor Quantile(Tensor probability)
    {
        Tensor p = CheckProbability(probability);
        return Loc + (Scale * Tensor.Where(p < 0.5, (2 * p).Log(), -(2 - (2 * p)).Log()));
    }

    /// <inheritdoc/>
    public override Evidence QuantileEvidence => Evidence.Exact;

    /// <summary>|y − μ| + b·exp(−|z|) − ¾·b (Jordan, Krüger and Lerch 2019).</summary>
    /// <inheritdoc/>
    public override Tensor Crps(Tensor value)
    {
        Tensor size = Standardize(value, nameof(Crps)).Abs();
        return Scale * (size + (-size).Exp() - 0.75);
    }

    /// <inheritdoc/>
    public override Evidence CrpsEvidence => Evidence.Exact;

    /// <inheritdoc/>
    public Tensor RSample(RandomKey key, Shape shape = default)
    {
        // The difference of two exponentials.
        (RandomKey first, RandomKey second) = key.Split();
        Shape all = SampleShape(shape);
        return Loc + (Scale * (first.Exponential(all, DType) - second.Exponential(all, DType)));
    }

    /// <inheritdoc/>
    public Laplace AffineTransform(Tensor loc, Tensor scale) => new(loc + (scale * Loc), scale * Scale);

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => RSample(key, shape);

    private static Tensor Tail(Tensor z)
    {
        Tensor half = 0.5 * (-z.Abs()).Exp();
        return Tensor.Where(z < 0, half, 1 - half);
    }

    private static Tensor LogTail(Tensor z)
    {
        Tensor size = z.Abs();
        return Tensor.Where(z < 0, -size - LogTwo, (-0.5 * (-size).Exp()).Log1p());
    }

    private Tensor Standardize(Tensor value, string method) => (CheckValue(value, method) - Loc) / Scale;
}
