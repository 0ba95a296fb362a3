using ProbNet.Distributions;

namespace ProbNet.Inference;

/// <summary>How predictions did on examples that training did not see. All in the unit of the target, but for what is said otherwise.</summary>
public sealed record Evaluation
{
    /// <summary>Number of observations.</summary>
    public required int Count { get; init; }

    /// <summary>Under what measure <see cref="Nll"/> is a density: values under different measures must not be compared.</summary>
    public required Measure Measure { get; init; }

    /// <summary>Mean negative log-likelihood, in nats; lower is better.</summary>
    public required double Nll { get; init; }

    /// <summary>Root mean squared error of the predictive mean; NaN where a prediction has none.</summary>
    public required double Rmse { get; init; }

    /// <summary>Mean absolute error of the predictive median.</summary>
    public required double Mae { get; init; }

    /// <summary>Mean continuous ranked probability score; lower is better.</summary>
    public required double Crps { get; init; }

    /// <summary>Probability integral transform values: uniform on (0, 1) if calibrated.</summary>
    public required IReadOnlyList<double> Pit { get; init; }

    /// <summary>Kolmogorov–Smirnov distance of <see cref="Pit"/> from uniform, in [0, 1]; 0 is perfect.</summary>
    public required double PitKs { get; init; }

    /// <summary>Coverage, width and score of central intervals.</summary>
    public required IReadOnlyList<IntervalReport> Intervals { get; init; }

    /// <summary>Mean pinball loss over the quantiles 0.05, 0.10, …, 0.95; lower is better.</summary>
    public required double Pinball { get; init; }

    /// <summary>Sharpness: the root mean predictive variance; smaller is sharper, whatever the observations.</summary>
    public required double Sharpness { get; init; }

    /// <summary>Accuracy and Brier score where classes were predicted; null for numbers and counts. Of the scores above only <see cref="Nll"/> means much then.</summary>
    public ClassReport? Classes { get; init; }

    /// <summary>The fraction of observations inside the central interval of a level.</summary>
    /// <exception cref="ArgumentException">That level was not evaluated.</exception>
    public double Coverage(double level) => Intervals.FirstOrDefault(interval => Math.Abs(interval.Level - level) < 1e-12)?.Coverage
        ?? throw new ArgumentException(
            FormattableString.Invariant($"Evaluation.Coverage: level {level} was not evaluated; there are ")
            + string.Join(", ", Intervals.Select(interval => FormattableString.Invariant($"{interval.Level}"))) + ".",
            nameof(level));

    /// <inheritdoc/>
    public override string ToString() => Classes is { } classes
        ? FormattableString.Invariant($"{Count} observations of {classes.Classes} classes: NLL {Nll:G4}, accuracy {classes.Accuracy:P1}, Brier {classes.Brier:G3}")
        : FormattableString.Invariant($"{Count} observations: NLL {Nll:G4}, RMSE {Rmse:G4}, MAE {Mae:G4}, CRPS {Crps:G4}, PIT-KS {PitKs:G3}, ")
            + string.Join(", ", Intervals.Select(interval => FormattableString.Invariant($"{interval.Level:P0} interval covers {interval.Coverage:P1}")));
}
