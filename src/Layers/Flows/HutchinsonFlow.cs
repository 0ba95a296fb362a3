using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// As <see cref="ContinuousFlow"/>, for any number of dimensions: the divergence is estimated along random directions (Grathwohl et al. 2019), so that there is an unbiased
/// estimate of the log density with its standard error, and no log density.
/// </summary>
public sealed class HutchinsonFlow : Sampler, IEvidence
{
    private readonly FlowPath _path;

    internal HutchinsonFlow(FlowPath path) => _path = path;

    /// <inheritdoc/>
    public override Shape BatchShape => _path.BatchShape;

    /// <inheritdoc/>
    public override Shape EventShape => [_path.Dimension];

    /// <inheritdoc/>
    public override DType DType => _path.Loc.DType;

    internal FlowPath Path => _path;

    /// <summary>The log density, by the mean over independent directions; the standard error is NaN for one.</summary>
    /// <inheritdoc/>
    public Estimate LogProbEstimate(Tensor value, RandomKey key, int samples)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        Tensor draws = Tensor.Stack([.. key.Split(samples).Select(probe => _path.LogDensity(value, probe))]);
        Tensor mean = draws.Mean(0), error = Gradient.Stop(draws - mean).Square().Sum(0).Sqrt() / Math.Sqrt((double)samples * (samples - 1));
        return new(mean, error, Evidence.Unbiased);
    }

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => _path.Draw(key, SampleShape(shape));
}
