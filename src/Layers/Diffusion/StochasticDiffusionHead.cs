using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>Predicts vectors of any length, images for instance, by a score-based diffusion whose log density is only estimated.</summary>
public sealed class StochasticDiffusionHead : DiffusionHeadBase<StochasticDiffusion>
{
    /// <summary>Creates the head.</summary>
    /// <param name="dimension">The length of a vector; at least 1.</param>
    /// <param name="body">Layers of the score network from [n, <see cref="DiffusionOptions.Width"/>]; null for two more layers of that width with SiLU.</param>
    /// <param name="options">How it diffuses and learns; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is not in its range.</exception>
    public StochasticDiffusionHead(int dimension, Layer? body = null, DiffusionOptions? options = null)
        : base(StochasticDiffusion.RequireDimension(dimension), body, options)
    {
    }

    /// <inheritdoc/>
    public override StochasticDiffusion Rescale(StochasticDiffusion prediction, Tensor loc, Tensor scale) => new(prediction.Reverse.Rescale(loc, scale), prediction.Steps);

    private protected override StochasticDiffusion FromReverse(ReverseDiffusion reverse) => new(reverse);

    private protected override ReverseDiffusion ReverseOf(StochasticDiffusion prediction) => prediction.Reverse;
}
