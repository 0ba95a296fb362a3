using System.Globalization;

namespace ProbNet.Autodiff;

/// <summary>What a <see cref="GradientCheck"/> found, input by input and order by order.</summary>
public sealed class GradientCheckResult
{
    internal GradientCheckResult(IReadOnlyList<GradientCheckEntry> entries, GradientCheckOptions options)
    {
        Entries = entries;
        Options = options;
    }

    /// <summary>Whether all derivatives agree with differences.</summary>
    public bool Passed => Entries.All(entry => entry.Passed);

    /// <summary>The largest relative error; NaN if a value was not finite; 0 if there was nothing to check.</summary>
    public double MaxRelativeError => Entries.Select(entry => entry.RelativeError).Aggregate(0.0, Math.Max);

    /// <summary>One entry for each input and order.</summary>
    public IReadOnlyList<GradientCheckEntry> Entries { get; }

    /// <summary>The entries that failed.</summary>
    public IEnumerable<GradientCheckEntry> Failures => Entries.Where(entry => !entry.Passed);

    /// <summary>The options that the check ran with.</summary>
    public GradientCheckOptions Options { get; }

    /// <summary>Throws if a derivative failed, and returns this otherwise.</summary>
    /// <exception cref="GradientCheckException">A derivative failed; the message is the report.</exception>
    public GradientCheckResult ThrowIfFailed() => Passed ? this : throw new GradientCheckException(this);

    /// <summary>The report: a line of summary and a line for each input and order, failures first.</summary>
    public override string ToString()
    {
        string summary = string.Create(
            CultureInfo.InvariantCulture,
            $"GradientCheck {(Passed ? "passed" : "failed")}: {Entries.Count(entry => entry.Passed)} of {Entries.Count} derivatives agree with differences "
            + $"within {Options.Tolerance:R} (largest relative error {MaxRelativeError:E1}; step {Options.Step:R}, seed {Options.Seed}).");
        IEnumerable<string> lines = Entries.OrderBy(entry => entry.Passed).Select(entry => $"  {entry}");
        return string.Join('\n', lines.Prepend(summary));
    }
}
