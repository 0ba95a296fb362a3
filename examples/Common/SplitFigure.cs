namespace ProbNet.Examples;

/// <summary>Mean and standard error of one figure over splits of the data, or over seeds.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="StandardError">Its standard error.</param>
public readonly record struct SplitFigure(double Mean, double StandardError)
{
    /// <summary>Mean and standard error of values.</summary>
    public static SplitFigure Of(IReadOnlyCollection<double> values)
    {
        double mean = values.Average();

        // Population standard deviation over the root of n, as the baseline protocol has it.
        double deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        return new(mean, deviation / Math.Sqrt(values.Count));
    }

    /// <summary>The mean, and with <paramref name="withError"/> "± standard error".</summary>
    public string Text(string format, bool withError)
    {
        string mean = Mean.ToString(format, System.Globalization.CultureInfo.InvariantCulture);
        return withError ? $"{mean} ± {StandardError.ToString(format, System.Globalization.CultureInfo.InvariantCulture)}" : mean;
    }
}
