using System.Text;

namespace ProbNet.Inference;

/// <summary>A line on a terminal that is written over after every epoch.</summary>
internal sealed class ProgressBar : IDisposable
{
    private const int Width = 24;

    private int _shown;

    private ProgressBar()
    {
    }

    /// <summary>A bar, or null when it is not wanted or the output is not a terminal.</summary>
    public static ProgressBar? Create(FitOptions options) =>
        options.ShowProgress && options.Epochs > 0 && !Console.IsOutputRedirected && !Console.IsErrorRedirected ? new ProgressBar() : null;

    public void Report(EpochReport report)
    {
        // About a hundred lines in all: writing to a terminal costs more than a small epoch.
        if (report.Epoch != report.Epochs && report.Epoch * 100L / report.Epochs == (report.Epoch - 1) * 100L / report.Epochs)
        {
            return;
        }

        int done = Width * report.Epoch / report.Epochs;
        var line = new StringBuilder("\r");
        line.Append(FormattableString.Invariant($"epoch {report.Epoch}/{report.Epochs} "));
        line.Append('█', done).Append('░', Width - done);
        line.Append(FormattableString.Invariant($" loss {report.Loss:G4}"));
        if (report.ValidationLoss is { } validation)
        {
            line.Append(FormattableString.Invariant($", validation {validation:G4}"));
        }

        int length = line.Length;
        line.Append(' ', Math.Max(0, _shown - length));
        _shown = length;
        Console.Error.Write(line);
    }

    public void Dispose()
    {
        if (_shown > 0)
        {
            Console.Error.Write("\r" + new string(' ', _shown) + "\r");
        }
    }
}
