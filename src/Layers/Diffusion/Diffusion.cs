using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>
/// The distribution of vectors that a score-based diffusion generates (Song et al. 2021). Its log density is that of the probability-flow equation, integrated with
/// the exact divergence: one backward pass a dimension, so up to <see cref="MaxDimension"/> dimensions; beyond, there is <see cref="StochasticDiffusion"/>.
/// </summary>
public sealed class Diffusion : Distribution
{
    /// <summary>The most dimensions whose divergence is computed exactly.</summary>
    public const int MaxDimension = 64;

    /// <summary>The steps of the integration of a log density if not told otherwise.</summary>
    public const int DefaultSteps = 60;

    internal Diffusion(ReverseDiffusion reverse, int steps = DefaultSteps)
    {
        Reverse = reverse;
        Steps = steps;
    }

    /// <summary>A diffusion with a score that is known, or comes from elsewhere.</summary>
    /// <param name="process">How data become noise.</param>
    /// <param name="dimension">The length of a vector; from 1 to <see cref="MaxDimension"/>.</param>
    /// <param name="score">∇ ln p_t: from data at a time [rows, dimension] and the time, one number, to [rows, dimension].</param>
    /// <param name="dtype">The type of data.</param>
    /// <param name="dataScale">About the standard deviation of the data: it sets the steps of solvers and the Normal that all begin with.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of dimensions or the scale is not in its range.</exception>
    public Diffusion(DiffusionProcess process, int dimension, Func<Tensor, Tensor, Tensor> score, DType dtype = DType.Float64, double dataScale = 1)
        : this(new ReverseDiffusion(
            new AnalyticScore(process, RequireScale(dataScale), RequireDimension(nameof(Diffusion), dimension), score, dtype), default, Shape.Scalar))
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

    /// <inheritdoc/>
    public override Support Support => Support.Real;

    /// <summary>What the network made of the features; none without features.</summary>
    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => Reverse.Conditioning.Context is { } context ? [("context", context)] : [];

    /// <inheritdoc/>
    public override Evidence LogProbEvidence => Evidence.Numeric;

    /// <summary>The most probable of 256 draws: the gradient, an integral too, is not followed from there.</summary>
    public override Tensor Mode => SearchMode(steps: 0);

    /// <summary>The same distribution with another accuracy of its log density.</summary>
    /// <param name="steps">Runge–Kutta steps of the integration; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is not at least one step.</exception>
    public Diffusion WithSteps(int steps) => new(Reverse, RequireSteps(nameof(Diffusion), steps));

    /// <summary>
    /// Classifier-free guidance (Ho and Salimans 2022): the unconditional score plus a multiple of its difference to the conditional one. More than 1 exaggerates what the
    /// features say, at the price of diversity. Train with <see cref="DiffusionOptions.FeatureDropout"/> above 0.
    /// </summary>
    /// <param name="guidance">0 is unconditional, 1 conditional.</param>
    /// <exception cref="InvalidOperationException">The score does not depend on features, or, other than for 1, none were hidden in training.</exception>
    public Diffusion WithGuidance(double guidance) => new(Reverse.WithGuidance(guidance), Steps);

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value) => Reverse.LogDensity(value, Steps, probe: null);

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => Reverse.Sample(key, shape);

    internal static int RequireSteps(string name, int steps) => steps >= 1
        ? steps
        : throw new ArgumentOutOfRangeException(nameof(steps), steps, $"{name}.WithSteps: at least one step is needed.");

    internal static int RequireDimension(string name, int dimension) => dimension is >= 1 and <= MaxDimension
        ? dimension
        : throw new ArgumentOutOfRangeException(nameof(dimension), dimension, FormattableString.Invariant(
            $"{name}: {dimension} dimensions; a log density with the exact divergence is for 1 to {MaxDimension}. For more use the Stochastic type, which estimates it."));

    internal static double RequireScale(double dataScale) => dataScale is > 0 and < double.PositiveInfinity
        ? dataScale
        : throw new ArgumentOutOfRangeException(nameof(dataScale), dataScale, "Diffusion: the scale of the data must be a finite number above 0.");
}
