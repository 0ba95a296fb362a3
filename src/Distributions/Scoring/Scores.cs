using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// Scores of predictions against what was observed, one number an example. Lower is better; all are proper. The CRPS of a distribution is its own method,
/// <see cref="Univariate.Crps"/>.
/// </summary>
public static partial class Scores
{
    // The levels of forecast hubs for epidemics: α = 0.02, 0.05, 0.1, 0.2 … 0.9.
    private static readonly double[] HubLevels = [0.98, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1];

    /// <summary>The log score −ln f(y) (Good 1952), in nats.</summary>
    /// <param name="prediction">The predictions.</param>
    /// <param name="y">What was observed.</param>
    /// <returns>The broadcast shape without the event axes.</returns>
    public static Tensor Log(Distribution prediction, Tensor y)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        return -prediction.LogProb(y);
    }

    /// <summary>The Brier score Σₖ (pₖ − 1{y = k})² over all classes (Brier 1950), from 0 to 2.</summary>
    /// <param name="probabilities">Predicted probabilities, [..., classes].</param>
    /// <param name="label">The class observed, [...]: whole numbers from 0.</param>
    /// <exception cref="ShapeException">The labels do not have the shape of the probabilities without their last axis.</exception>
    public static Tensor Brier(Tensor probabilities, Tensor label)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentNullException.ThrowIfNull(label);
        if (probabilities.Rank == 0 || label.Shape != probabilities.Shape[..^1])
        {
            throw new ShapeException(
                $"Scores.Brier: the probabilities have shape {probabilities.Shape} and the labels {label.Shape}; the labels must have the shape of the "
                + "probabilities without the last axis, which is the classes.");
        }

        return (probabilities - label.Cast(DType.Int64).OneHot(probabilities.Shape[^1], probabilities.DType)).Square().Sum(-1);
    }

    /// <summary>
    /// The weighted interval score (½·|y − median| + Σₖ (αₖ/2)·Sₖ)/(K + ½) with the <see cref="Interval"/> scores Sₖ of central intervals of levels 1 − αₖ
    /// (Bracher et al. 2021): in the unit of y; it tends to the CRPS as levels become dense.
    /// </summary>
    /// <param name="prediction">The predictions.</param>
    /// <param name="y">What was observed, broadcast against the batch.</param>
    /// <param name="levels">Levels of the intervals, each in (0, 1); by default 0.98, 0.95 and 0.9, 0.8 … 0.1.</param>
    public static Tensor WeightedInterval(Univariate prediction, Tensor y, IReadOnlyList<double>? levels = null)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        levels ??= HubLevels;
        Tensor sum = 0.5 * (y - prediction.Median).Abs();
        foreach (double level in levels)
        {
            (Tensor lower, Tensor upper) = prediction.Interval(level);
            sum += 0.5 * (1 - level) * Interval(lower, upper, y, level);
        }

        return sum / (levels.Count + 0.5);
    }

    /// <summary>
    /// The Dawid–Sebastiani score ln σ² + (y − μ)²/σ² (Dawid and Sebastiani 1999), which asks for two moments alone.
    /// </summary>
    /// <param name="mean">μ.</param>
    /// <param name="variance">σ²; above 0.</param>
    /// <param name="y">What was observed.</param>
    public static Tensor DawidSebastiani(Tensor mean, Tensor variance, Tensor y)
    {
        ParameterChecks.Align("Scores.DawidSebastiani", ref mean, ref variance, ref y);
        return variance.Log() + ((y - mean).Square() / variance);
    }

    /// <summary>
    /// The interval score of a central interval (Gneiting and Raftery 2007): width + (2/α)·(how far y lies outside), with α = 1 − level.
    /// </summary>
    /// <param name="lower">Lower ends.</param>
    /// <param name="upper">Upper ends.</param>
    /// <param name="y">What was observed.</param>
    /// <param name="level">The probability that the interval claims to hold, in (0, 1).</param>
    public static Tensor Interval(Tensor lower, Tensor upper, Tensor y, double level)
    {
        RequireProbability(level, nameof(level), "Scores.Interval");
        return upper - lower + ((2 / (1 - level)) * ((lower - y).Relu() + (y - upper).Relu()));
    }

    /// <summary>The pinball loss of a quantile (Koenker and Bassett 1978): τ·(y − q) above it, (1 − τ)·(q − y) below.</summary>
    /// <param name="quantile">The predicted quantile q.</param>
    /// <param name="y">What was observed.</param>
    /// <param name="tau">Which quantile: the probability below it, in (0, 1).</param>
    public static Tensor Pinball(Tensor quantile, Tensor y, double tau)
    {
        RequireProbability(tau, nameof(tau), "Scores.Pinball");
        Tensor error = y - quantile;
        return Tensor.Maximum(tau * error, (tau - 1) * error);
    }

    /// <summary>
    /// Probability integral transform values F(y): uniform on (0, 1) if the predictions are calibrated (Dawid 1984). For counts and classes, drawn
    /// uniformly between P(Y &lt; y) and P(Y ≤ y), so that they are uniform too.
    /// </summary>
    /// <param name="prediction">The predictions.</param>
    /// <param name="y">What was observed, of the predictions' batch shape.</param>
    /// <param name="key">For counts and classes; null is a fixed key.</param>
    public static Tensor Pit(Univariate prediction, Tensor y, RandomKey? key = null)
    {
        Tensor upper = prediction.Cdf(y);
        if (prediction.Measure != Measure.Counting)
        {
            return upper;
        }

        Tensor lower = prediction.Cdf(prediction.OutcomeBelow(y.Cast(prediction.DType)));
        Tensor u = (key ?? RandomKey.FromSeed(0)).Uniform(upper.Shape, upper.DType);
        return lower + (u * (upper - lower));
    }

    /// <summary>
    /// The Kolmogorov–Smirnov distance of values from the uniform distribution on [0, 1]: the largest gap between their distribution functions.
    /// </summary>
    /// <param name="values">At least one value, all in [0, 1].</param>
    public static double UniformDistance(Tensor values)
    {
        double[] sorted = values.ToDoubles();
        if (sorted.Length == 0)
        {
            throw new ShapeException($"Scores.UniformDistance: there are no values; the shape is {values.Shape}.");
        }

        Array.Sort(sorted);
        double n = sorted.Length, distance = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            distance = Math.Max(distance, Math.Max(((i + 1) / n) - sorted[i], sorted[i] - (i / n)));
        }

        return distance;
    }

    private static void RequireProbability(double value, string name, string method)
    {
        if (!(value > 0 && value < 1))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{method}: {name} must lie strictly between 0 and 1.");
        }
    }
}
