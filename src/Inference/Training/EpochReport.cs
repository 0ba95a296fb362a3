namespace ProbNet.Inference;

/// <summary>What happened in one epoch.</summary>
/// <param name="Epoch">Its number, from 1.</param>
/// <param name="Epochs">How many there will be at most.</param>
/// <param name="Loss">The mean training loss over the epoch's batches, as they were when each was used; in the units of the data.</param>
/// <param name="ValidationLoss">The mean loss on the validation part after the epoch, in the units of the data; null without one.</param>
/// <param name="LearningRate">The learning rate of the epoch's last step.</param>
/// <param name="GradientNorm">The mean norm of the gradients, before clipping.</param>
public sealed record EpochReport(int Epoch, int Epochs, double Loss, double? ValidationLoss, double LearningRate, double GradientNorm)
{
    /// <summary>
    /// The mean loss of each phase of training, in standardized units, where the head has phases: the last one's is <see cref="Loss"/>; NaN until a phase has had its turn.
    /// </summary>
    public IReadOnlyList<double> PhaseLosses { get; init; } = [];

    /// <summary>A line: the epoch, its losses, the learning rate and the norm of the gradients.</summary>
    public override string ToString()
    {
        string validation = ValidationLoss is { } loss ? FormattableString.Invariant($", validation {loss:G5}") : "";
        return FormattableString.Invariant($"epoch {Epoch} of {Epochs}: loss {Loss:G5}{validation}, learning rate {LearningRate:G3}, gradient norm {GradientNorm:G3}");
    }
}
