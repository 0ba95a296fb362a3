using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The logistic distribution: distribution function 1/(1 + exp(−z)) with z = (x − μ)/s.</summary>
public sealed class Logistic : Univariate, IReparameterized, ILocationScale<Logistic>
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="loc">μ, the mean and median.</param>
    /// <param name="scale">s; above 0. The standard deviation is s·π/√3.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public Logistic(Tensor loc, Tensor scale)
    {
        ParameterChecks.Align(nameof(Logistic), ref loc, ref scale);
        Scale = ParameterChecks.Positive(nameof(Logistic), nameof(scale), scale);
        Loc = loc;
        BatchShape = BroadcastParameters(nameof(Logistic), ("loc", loc), ("scale", scale));
    }

    /// <summary>μ, the mean and median.</summary>
    public Tensor Loc { get; }

    /// <summary>s; above 0. The standard deviation is s·π/√3.</summary>
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
    public override Estimate Variance(RandomKey? key = null) => Estimate.Exact((Scale.Square() * (Math.PI * Math.PI / 3)).BroadcastTo(BatchShape));

    /// <inheritdoc/>
    public override Tensor Mode => Loc.BroadcastTo(BatchShape);

    /// <inheritdoc/>
    public override Estimate Entropy(RandomKey? key = null) => Estimate.Exact((Scale.Log() + 2).BroadcastTo(BatchShape));

    /// <summary>−softplus(z) − softplus(−z) − ln s: the symmetric form, which neither overflows nor cancels.</summary>
    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value)
    {
        Tensor z = (value - Loc) / Scale;
        return -z.Softplus() - (-z).Softplus() - Scale.Log();
    }

    /// <inheritdoc/>
    public override Tensor Cdf(Tensor value) => Guard(value, x => Standardize(x, nameof(Cdf)).Sigmoid(), 1, Survival);

    /// <inheritdoc/>
    public override Tensor LogCdf(Tensor value) => Guard(value, x => Standardize(x, nameof(LogCdf)).LogSigmoid(), 0, null);

    /// <inheritdoc/>
    public override Tensor Survival(Tensor value) => Guard(value, x => (-Standardize(x, nameof(Survival))).Sigmoid(), 1, Cdf);

    /// <inheritdoc/>
    public override Tensor LogSurvival(Tensor value) => Guard(value, x => (-Standardize(x, nameof(LogSurvival))).LogSigmoid(), 0, null);

    /// <inheritdoc/>
    public override Tensor Quantile(Tensor probability)
    {
        Tensor p = CheckProbability(probability);
        return Loc + (Scale * (p.Log() - (-p).Log1p()));
    }

    /// <inheritdoc/>
    public override Evidence QuantileEvidence => Evidence.Exact;

    /// <summary>s·(softplus(z) + softplus(−z) − 1) (Jordan, Krüger and Lerch 2019).</summary>
    /// <inheritdoc/>
    public override Tensor Crps(Tensor value)
    {
        Tensor z = Standardize(value, nameof(Crps));
        return Scale * (z.Softplus() + (-z).Softplus() - 1);
    }

    /// <inheritdoc/>
    public override Evidence CrpsEvidence => Evidence.Exact;

    /// <inheritdoc/>
    public Tensor RSample(RandomKey key, Shape shape = default)
    {
        Tensor u = key.UniformOpen(SampleShape(shape), DType);
        return Loc + (Scale * (u.Log() - (-u).Log1p()));
    }

    /// <inheritdoc/>
    public Logistic AffineTransform(Tensor loc, Tensor scale) => new(loc + (scale * Loc), scale * Scale);

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => RSample(key, shape);

    private Tensor Standardize(Tensor value, string method) => (CheckValue(value, method) - Loc) / Scale;
}
