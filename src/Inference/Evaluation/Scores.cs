using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Inference;

/// <summary>Scores of predictions against what was observed, one number an example. Lower is better; all are proper.</summary>
public static class Scores
{
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

        Tensor lower = prediction.Cdf(y.Cast(prediction.DType) - 1);
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
