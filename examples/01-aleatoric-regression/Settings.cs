using ProbNet.Autodiff;

namespace ProbNet.Examples.AleatoricRegression;

/// <summary>How the models are trained.</summary>
/// <param name="Hidden">Units of the hidden layers.</param>
/// <param name="Epochs">Passes over the training data.</param>
/// <param name="Seed">The seed of everything random.</param>
/// <param name="Device">Where they are trained.</param>
internal sealed record Settings(IReadOnlyList<int> Hidden, int Epochs, long Seed, Device Device)
{
    public const int Members = 5;
    public const int Components = 3;
    public const int BatchSize = 32;
    public const double LearningRate = 5e-3;
    public const double WeightDecay = 5e-3;

    // The smallest noise that a head may claim, as a fraction of the target's standard deviation: a hundred rows cannot tell less from luck.
    public const double MinScale = 0.05;
    public const double ValidationSplit = 0.1;
}
