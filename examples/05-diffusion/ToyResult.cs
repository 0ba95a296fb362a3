using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Inference;
using ProbNet.Layers;

namespace ProbNet.Examples.ScoreDiffusion;

/// <summary>What a diffusion and a GAN made of a density that is known.</summary>
/// <param name="Density">The density.</param>
/// <param name="Points">Test points, Float64.</param>
/// <param name="Diffusion">What the diffusion has learned.</param>
/// <param name="Gan">What the GAN has learned.</param>
internal sealed record ToyResult(ToyDensity Density, Tensor Points, Diffusion Diffusion, Generator Gan)
{
    /// <summary>The mean of −ln p of the test points, of the density itself and of the diffusion.</summary>
    public required double Entropy { get; init; }

    public required double Nll { get; init; }

    /// <summary>The mean of ln p(exact) − ln p(diffusion) over the test points, and its standard error.</summary>
    public required (double Mean, double StandardError) Gap { get; init; }

    /// <summary>The loss of the test points: a bound of the mean of −ln p.</summary>
    public required double Bound { get; init; }

    /// <summary>Energy distances of draws from fresh ones of the density: other draws of itself, of the diffusion and of the GAN.</summary>
    public required (double Exact, double Diffusion, double Gan) Energy { get; init; }

    public required (double Diffusion, double Gan) Seconds { get; init; }

    public required History DiffusionHistory { get; init; }

    public required History GanHistory { get; init; }
}
