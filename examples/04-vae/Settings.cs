using ProbNet.Autodiff;
using ProbNet.Inference;

namespace ProbNet.Examples.VariationalAutoencoder;

/// <summary>What all parts of the example have in common.</summary>
/// <param name="Epochs">Passes over the training data; null for what each part takes by default.</param>
/// <param name="Galaxies">Simulated galaxies to train by.</param>
/// <param name="Seed">The seed of everything random.</param>
/// <param name="Device">Where the models are trained.</param>
/// <param name="Cancellation">Ends the program.</param>
internal sealed record Settings(int? Epochs, int Galaxies, long Seed, Device Device, CancellationToken Cancellation)
{
    /// <summary>The key of a part of the example.</summary>
    public RandomKey Key(ulong part) => RandomKey.FromSeed(Seed).FoldIn(part);

    /// <summary>How a model is trained.</summary>
    /// <param name="epochs">Passes by default.</param>
    /// <param name="batchSize">Examples a step.</param>
    /// <param name="learningRate">Where the learning rate starts; it falls to 0 as a cosine.</param>
    /// <param name="key">The source of randomness.</param>
    public FitOptions Fit(int epochs, int batchSize, double learningRate, RandomKey key) => new()
    {
        Epochs = Epochs ?? epochs,
        BatchSize = batchSize,
        Optimizer = run => new Adam(new CosineAnnealing(learningRate, run.Steps)),
        Key = key,
        Device = Device,
        CancellationToken = Cancellation,
        StandardizeTargets = false,
    };
}
