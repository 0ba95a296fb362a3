namespace ProbNet.Layers;

/// <summary>
/// Ancestral sampling of denoising diffusion (Ho et al. 2020): each step draws from the posterior of the less noisy data given the noisier, with the data as they
/// are expected.
/// </summary>
public sealed record Ddpm : Ddim
{
    /// <summary>Creates the sampler.</summary>
    /// <param name="steps">How many steps; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is not at least one step.</exception>
    public Ddpm(int steps = 500) : base(steps, 1)
    {
    }
}
