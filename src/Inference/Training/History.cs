namespace ProbNet.Inference;

/// <summary>The course of a training run.</summary>
public sealed class History
{
    private readonly List<EpochReport> _epochs = [];

    internal History()
    {
    }

    /// <summary>One report an epoch.</summary>
    public IReadOnlyList<EpochReport> Epochs => _epochs;

    /// <summary>The training loss of each epoch.</summary>
    public IReadOnlyList<double> Loss => [.. _epochs.Select(epoch => epoch.Loss)];

    /// <summary>The validation loss of each epoch; empty without validation.</summary>
    public IReadOnlyList<double> ValidationLoss => [.. _epochs.Where(epoch => epoch.ValidationLoss is not null).Select(epoch => epoch.ValidationLoss!.Value)];

    /// <summary>The number, from 1, of the epoch with the lowest validation loss; null without validation.</summary>
    public int? BestEpoch { get; internal set; }

    /// <summary>Why training ended.</summary>
    public StopReason StopReason { get; internal set; }

    internal void Add(EpochReport report) => _epochs.Add(report);

    /// <inheritdoc/>
    public override string ToString() => _epochs.Count == 0
        ? "no epochs"
        : FormattableString.Invariant($"{_epochs.Count} epoch{(_epochs.Count == 1 ? "" : "s")}, loss {_epochs[0].Loss:G5} to {_epochs[^1].Loss:G5}")
            + (BestEpoch is { } best ? FormattableString.Invariant($", best validation loss {_epochs[best - 1].ValidationLoss:G5} in epoch {best}") : "");
}
