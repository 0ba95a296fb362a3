namespace ProbNet.Inference;

/// <summary>How long a training run is.</summary>
/// <param name="Epochs">Passes over the data.</param>
/// <param name="StepsPerEpoch">Optimizer steps an epoch.</param>
public readonly record struct TrainingRun(int Epochs, int StepsPerEpoch)
{
    /// <summary>Optimizer steps in all.</summary>
    public long Steps => (long)Epochs * StepsPerEpoch;
}
