using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>Predicts vectors of up to <see cref="Diffusion.MaxDimension"/> numbers by a score-based diffusion with a log density.</summary>
public sealed class DiffusionHead : DiffusionHeadBase<Diffusion>
{
    /// <summary>Creates the head.</summary>
    /// <param name="dimension">The length of a vector; from 1 to <see cref="Diffusion.MaxDimension"/>.</param>
    /// <param name="body">Layers of the score network from [n, <see cref="DiffusionOptions.Width"/>]; null for two more layers of that width with SiLU.</param>
    /// <param name="options">How it diffuses and learns; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is not in its range.</exception>
    public DiffusionHead(int dimension, Layer? body = null, DiffusionOptions? options = null)
        : base(Diffusion.RequireDimension(nameof(DiffusionHead), dimension), body, options)
    {
    }

    /// <inheritdoc/>
    public override Diffusion Rescale(Diffusion prediction, Tensor loc, Tensor scale) => new(prediction.Reverse.Rescale(loc, scale), prediction.Steps);

    private protected override Diffusion FromReverse(ReverseDiffusion reverse) => new(reverse);

    private protected override ReverseDiffusion ReverseOf(Diffusion prediction) => prediction.Reverse;
}
