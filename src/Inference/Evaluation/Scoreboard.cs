using System.Globalization;
using System.Text;

namespace ProbNet.Inference;

/// <summary>
/// Models side by side, by how probable they find the same examples, the best first. It refuses to mix densities and masses, or scores of other examples, and
/// labels bounds and estimates: a model that has a bound only may be better than it looks.
/// </summary>
public sealed class Scoreboard
{
    private readonly List<(string Name, DensityScore Score)> _rows = [];

    /// <summary>The models, the best first.</summary>
    public IReadOnlyList<(string Name, DensityScore Score)> Rows => [.. _rows.OrderByDescending(row => row.Score.Mean)];

    /// <summary>Adds a model.</summary>
    /// <param name="name">How it is called; no other row has the name.</param>
    /// <param name="score">Its score.</param>
    /// <returns>The scoreboard itself.</returns>
    /// <exception cref="ArgumentException">The name is taken, or the score cannot be compared with those that are there: the message says why.</exception>
    public Scoreboard Add(string name, DensityScore score)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(score);
        if (_rows.Exists(row => row.Name == name))
        {
            throw new ArgumentException($"Scoreboard.Add: there is a row '{name}' already.", nameof(name));
        }

        if (_rows is [var first, ..] && first.Score.WhyIncomparable(score) is { } reason)
        {
            throw new ArgumentException($"Scoreboard.Add: '{first.Name}' and '{name}': {reason}", nameof(score));
        }

        _rows.Add((name, score));
        return this;
    }

    /// <summary>A table in Markdown: name, mean and standard error in nats an example, how far behind the first in pairs, and what the number is.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("| model | nats an example | behind the first | what it is |\n|---|---:|---:|---|\n");
        IReadOnlyList<(string Name, DensityScore Score)> rows = Rows;
        foreach ((string name, DensityScore score) in rows)
        {
            (double behind, double error) = rows[0].Score.Above(score);
            string gap = ReferenceEquals(score, rows[0].Score) ? "" : string.Create(CultureInfo.InvariantCulture, $"{behind:F3} ± {error:F3}");
            string cell = name.Replace("|", "\\|", StringComparison.Ordinal);
            text.Append(CultureInfo.InvariantCulture, $"| {cell} | {score.Mean:F3} ± {score.StandardError:F3} | {gap} | {score.Label} |\n");
        }

        return text.ToString();
    }
}
