using ProbNet.Autodiff;

namespace ProbNet.Examples.FiveRegressions;

/// <summary>How the models are trained.</summary>
/// <param name="Rows">Examples to train on.</param>
/// <param name="Epochs">Passes over them.</param>
/// <param name="Seed">The seed of everything random.</param>
/// <param name="Device">Where the models are trained.</param>
internal sealed record Settings(int Rows, int Epochs, long Seed, Device Device)
{
    public const int TestRows = 2000;
    public const int Members = 5;
    public const int Components = 4;
    public const int BatchSize = 64;
    public const int Units = 64;
    public const double LearningRate = 5e-3;
    public const double ValidationSplit = 0.1;

    // The smallest noise that a head may claim, as a fraction of the target's standard deviation.
    public const double MinScale = 0.02;
}
