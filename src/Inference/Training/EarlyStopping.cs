namespace ProbNet.Inference;

/// <summary>Stops training when the validation loss has not improved for a number of epochs.</summary>
public sealed record EarlyStopping
{
    /// <summary>Creates the rule.</summary>
    /// <param name="patience">Epochs without improvement after which training stops; at least 1.</param>
    /// <param name="minDelta">How much lower a loss must be to count as an improvement; not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public EarlyStopping(int patience, double minDelta = 0)
    {
        if (patience < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(patience), patience, "EarlyStopping: the patience must be at least one epoch.");
        }

        if (!(minDelta >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(minDelta), minDelta, "EarlyStopping: minDelta must not be negative.");
        }

        Patience = patience;
        MinDelta = minDelta;
    }

    /// <summary>Epochs without improvement after which training stops.</summary>
    public int Patience { get; }

    /// <summary>How much lower a loss must be to count as an improvement.</summary>
    public double MinDelta { get; }
}
