namespace ProbNet.Examples.AleatoricRegression;

/// <summary>Mean and standard error over splits of one figure.</summary>
internal readonly record struct SplitFigure(double Mean, double StandardError)
{
    public static SplitFigure Of(IReadOnlyCollection<double> values)
    {
        double mean = values.Average();

        // Population standard deviation over the root of n, as the baseline protocol has it.
        double deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        return new(mean, deviation / Math.Sqrt(values.Count));
    }
}
