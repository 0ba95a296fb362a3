using ProbNet.Autodiff;

namespace ProbNet.Examples.PhotometricRedshift;

/// <summary>How the models are trained.</summary>
/// <param name="Hidden">Units of the hidden layers.</param>
/// <param name="Epochs">Passes over the training data.</param>
/// <param name="Device">Where they are trained.</param>
/// <param name="Large">Whether the large network is trained too.</param>
internal sealed record Settings(IReadOnlyList<int> Hidden, int Epochs, Device Device, bool Large)
{
    public const int Members = 5;
    public const int Components = 8;
    public const int Bins = 16;
    public const int BatchSize = 256;
    public const double LearningRate = 2e-3;
    public const double ValidationSplit = 0.1;
}
