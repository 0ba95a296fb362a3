using ProbNet.Autodiff;
using ProbNet.Layers;

namespace ProbNet.Examples.ScoreDiffusion;

/// <summary>How the models are trained and looked at.</summary>
internal sealed record Settings
{
    public const double DiffusionRate = 4e-3;
    public const double GanRate = 3e-3;

    // Five of six steps of a GAN are the critic's: it takes more of them, with fewer points each.
    public const int GanBatchSize = 250;

    // A generator of two numbers would have to stretch a disk over the gaps between clusters; of more, it can leave them empty.
    public const int GanLatent = 8;

    // At 10, as for images, the critic is too smooth to see the gaps.
    public const double GradientPenalty = 0.1;

    /// <summary>Names of the densities in two dimensions.</summary>
    public required IReadOnlyList<string> Toys { get; init; }

    /// <summary>Points to train on, and fresh ones to test on.</summary>
    public required int Points { get; init; }

    public required int TestPoints { get; init; }

    /// <summary>Passes over the points.</summary>
    public required int Epochs { get; init; }

    /// <summary>Units of the hidden layers.</summary>
    public required int Width { get; init; }

    public required int Depth { get; init; }

    /// <summary>Points a step of the diffusion.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Octaves of sines and cosines of the points that the score network is given.</summary>
    public required int StateFrequencies { get; init; }

    /// <summary>The least noise of the diffusion, in standard deviations of the points.</summary>
    public required double LeastNoise { get; init; }

    /// <summary>Whether noisy points tell the mean of their batch.</summary>
    public required bool SharedTargets { get; init; }

    /// <summary>What the diffusion's loss weighs.</summary>
    public required DiffusionWeighting Weighting { get; init; }

    /// <summary>Decay of the average of the diffusion's weights.</summary>
    public required double Average { get; init; }

    /// <summary>Passes of the GAN over the points.</summary>
    public required int GanEpochs { get; init; }

    /// <summary>Passes over the digits; 0 leaves them out.</summary>
    public required int DigitEpochs { get; init; }

    /// <summary>Test digits whose log density is computed with the exact divergence.</summary>
    public required int DigitRows { get; init; }

    public required long Seed { get; init; }

    public required Device Device { get; init; }

    public RandomKey Key => RandomKey.FromSeed(Seed);
}
