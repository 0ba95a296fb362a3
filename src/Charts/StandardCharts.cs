namespace ProbNet.Charts;

/// <summary>Charts that every report on a probabilistic model shows.</summary>
public static class StandardCharts
{
    /// <summary>
    /// A histogram of probability integral transforms (Dawid 1984; Gneiting et al. 2007): flat where the predictions are calibrated,
    /// a hump where they are too wide, a cup where they are too narrow. The band is where a bin's height lies with probability
    /// <paramref name="level"/> if they are calibrated, by the binomial distribution of its count.
    /// </summary>
    /// <param name="values">The transforms F(y), in [0, 1]; others are left out.</param>
    /// <param name="title">The heading.</param>
    /// <param name="bins">How many bins.</param>
    /// <param name="level">The probability of the band, for each bin by itself.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no bin, or the level is not inside (0, 1).</exception>
    public static Chart PitHistogram(ReadOnlySpan<double> values, string title = "PIT", int bins = 20, double level = 0.95)
    {
        if (!(level > 0 && level < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(level), level, "PitHistogram: the level is not inside (0, 1).");
        }
        Chart chart = new Chart(title) { XLabel = "probability integral transform", YLabel = "density", XRange = (0, 1) }
            .Histogram(values, bins: bins, range: (0, 1), density: true, hue: Hue.Blue);

        int count = 0;
        foreach (double value in values)
        {
            count += value is >= 0 and <= 1 ? 1 : 0;
        }
        if (count > 0 && bins > 1)
        {
            double unit = (double)bins / count;
            double low = Binomial.Quantile(count, 1.0 / bins, (1 - level) / 2) * unit;
            double high = Binomial.Quantile(count, 1.0 / bins, (1 + level) / 2) * unit;
            chart.Band([0, 1], [low, low], [high, high], FormattableString.Invariant($"{100 * level:0.##} % if calibrated"), Hue.Gray);
        }
        return chart.HorizontalLine(1, "uniform", hue: Hue.Ink);
    }

    /// <summary>The loss of each epoch, from the first on, with a line at the best epoch of the validation part.</summary>
    /// <param name="training">The loss on the training part.</param>
    /// <param name="validation">The loss on the validation part; empty where there is none.</param>
    /// <param name="title">The heading.</param>
    /// <param name="lossLabel">The name of the loss, with its unit.</param>
    /// <exception cref="ArgumentException">There is a validation part, of another length than the training part.</exception>
    public static Chart LearningCurves(
        ReadOnlySpan<double> training,
        ReadOnlySpan<double> validation = default,
        string title = "Learning curves",
        string lossLabel = "loss (nats)")
    {
        if (validation.Length > 0)
        {
            Require.SameLength(nameof(LearningCurves), title, (nameof(training), training.Length), (nameof(validation), validation.Length));
        }
        double[] epochs = [.. Enumerable.Range(1, training.Length).Select(e => (double)e)];
        Chart chart = new Chart(title) { XLabel = "epoch", YLabel = lossLabel }.Line(epochs, training, "training", hue: Hue.Blue);
        int best = -1;
        for (int i = 0; i < validation.Length; i++)
        {
            best = double.IsFinite(validation[i]) && (best < 0 || validation[i] < validation[best]) ? i : best;
        }
        if (validation.Length > 0)
        {
            chart.Line(epochs, validation, "validation", hue: Hue.Vermillion);
        }
        return best < 0 ? chart : chart.VerticalLine(epochs[best], FormattableString.Invariant($"best epoch: {epochs[best]}"));
    }
}
