namespace ProbNet.Inference;

/// <summary>Why training ended.</summary>
public enum StopReason
{
    /// <summary>All epochs were done.</summary>
    Completed,

    /// <summary>The validation loss no longer improved.</summary>
    EarlyStopping,
}
