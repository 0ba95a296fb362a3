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

    /// <summary>The log density, by the mean over independent directions, with its standard error.</summary>
    /// <param name="value">Outcomes: sample + batch + event.</param>
    /// <param name="key">The source of the directions.</param>
    /// <param name="samples">Directions a value; at least 2, for a standard error.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not at least two directions.</exception>
    public Estimate LogProbEstimate(Tensor value, RandomKey key, int samples)
    {
        if (samples < 2)
        {
            throw new ArgumentOutOfRangeException(nameof(samples), samples, "HutchinsonFlow.LogProbEstimate: at least two samples are needed for a standard error.");
        }

        // A direction of its own for each copy, and one way for all.
        value = VectorValue.Check("HutchinsonFlow.LogProbEstimate", value, BatchShape, _path.Dimension, DType);
        return Estimate.MonteCarlo(_path.LogDensity(VectorValue.Repeated(value, samples), key));
    }

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => _path.Draw(key, SampleShape(shape));
}
