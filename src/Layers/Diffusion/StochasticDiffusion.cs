using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// A score-based diffusion of any number of dimensions (Song et al. 2021), which is sampled as <see cref="Diffusion"/> is, and whose log density is estimated only: with random
/// projections in place of the divergence (Hutchinson 1990; Grathwohl et al. 2019).
/// </summary>
public sealed class StochasticDiffusion : Sampler, IEvidence
{
    internal StochasticDiffusion(ReverseDiffusion reverse, int steps = Diffusion.DefaultSteps) => (Reverse, Steps) = (reverse, steps);

    /// <summary>A diffusion with a score that is known, or comes from elsewhere.</summary>
    /// <param name="process">How data become noise.</param>
    /// <param name="dimension">The length of a vector; at least 1.</param>
    /// <param name="score">∇ ln p_t: from data at a time [rows, dimension] and the time, one number, to [rows, dimension].</param>
    /// <param name="dtype">The type of data.</param>
    /// <param name="dataScale">About the standard deviation of the data.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of dimensions or the scale is not in its range.</exception>
    public StochasticDiffusion(DiffusionProcess process, int dimension, Func<Tensor, Tensor, Tensor> score, DType dtype = DType.Float64, double dataScale = 1)
        : this(new ReverseDiffusion(new AnalyticScore(process, Diffusion.RequireScale(dataScale), RequireDimension(dimension), score, dtype), default, Shape.Scalar))
    {
    }

    /// <summary>Score, samplers, ways from noise to data and inpainting.</summary>
    public ReverseDiffusion Reverse { get; }

    /// <summary>Runge–Kutta steps of the integration of a log density.</summary>
    public int Steps { get; }

    /// <inheritdoc/>
    public override Shape BatchShape => Reverse.BatchShape;

    /// <inheritdoc/>
    public override Shape EventShape => [Reverse.Dimension];

    /// <inheritdoc/>
    public override DType DType => Reverse.DType;

    /// <summary>The same distribution with another accuracy of its log density.</summary>
    /// <param name="steps">Runge–Kutta steps of the integration; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is not at least one step.</exception>
    public StochasticDiffusion WithSteps(int steps) => new(Reverse, Diffusion.RequireSteps(nameof(StochasticDiffusion), steps));

    /// <inheritdoc cref="Diffusion.WithGuidance"/>
    public StochasticDiffusion WithGuidance(double guidance) => new(Reverse.WithGuidance(guidance), Steps);

    /// <summary>
    /// An estimate of the log density by independent projections, each along a whole path; with the standard error of their mean. It is unbiased up to the steps of the
    /// integration. In two dimensions one projection already spreads by some 0.7 nats a point.
    /// </summary>
    /// <param name="value">Outcomes: sample + batch + event.</param>
    /// <param name="key">The source of the projections.</param>
    /// <param name="samples">Projections a value; at least 2, for a standard error.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not at least two samples.</exception>
    public Estimate LogProbEstimate(Tensor value, RandomKey key, int samples)
    {
        if (samples < 2)
        {
            throw new ArgumentOutOfRangeException(nameof(samples), samples, "StochasticDiffusion.LogProbEstimate: at least two samples are needed for a standard error.");
        }

        value = VectorValue.Check("StochasticDiffusion.LogProbEstimate", value, BatchShape, Reverse.Dimension, DType);
        return Estimate.MonteCarlo(Reverse.LogDensity(VectorValue.Repeated(value, samples), Steps, key));
    }

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => Reverse.Sample(key, shape);

    internal static int RequireDimension(int dimension) => dimension >= 1
        ? dimension
        : throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "StochasticDiffusion: at least one dimension is needed.");
}
