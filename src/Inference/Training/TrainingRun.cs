namespace ProbNet.Inference;

/// <summary>How long a training run is.</summary>
/// <param name="Epochs">Passes over the data.</param>
/// <param name="StepsPerEpoch">Optimizer steps an epoch; of a phase of training, about as many.</param>
public readonly record struct TrainingRun(int Epochs, int StepsPerEpoch)
{
    // Of a phase: its turns of the whole run, which need not be a whole number an epoch.
    private readonly long? _steps;

    /// <summary>The phase of training (<see cref="Layers.TrainingPhase{TOut}.Name"/>) that the optimizer is for; null for a head that has no phases.</summary>
    public string? Phase { get; init; }

    /// <summary>Optimizer steps in all.</summary>
    public long Steps
    {
        get => _steps ?? (long)Epochs * StepsPerEpoch;
        internal init => _steps = value;
    }
}
