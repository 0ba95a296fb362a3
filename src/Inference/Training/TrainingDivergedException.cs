namespace ProbNet.Inference;

/// <summary>The loss or its gradient was no longer a finite number. The model keeps the weights from before that step, or what the message says.</summary>
public sealed class TrainingDivergedException : ArithmeticException
{
    internal TrainingDivergedException(string message, History history) : base(message) => History = history;

    /// <summary>The epochs that were completed before.</summary>
    public History History { get; }
}
