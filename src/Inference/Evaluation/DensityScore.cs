using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Inference;

/// <summary>
/// How probable a model finds examples that training did not see, in nats: what any two models that have a density can be compared by, on the same examples. The log
/// densities of a model from elsewhere are a score too, by its properties.
/// </summary>
public sealed record DensityScore
{
    /// <summary>The log density, log mass, estimate or bound of each example, in nats.</summary>
    public required IReadOnlyList<double> Each { get; init; }

    /// <summary>The shape of one example: scores of others must not be compared.</summary>
    public required Shape Example { get; init; }

    /// <summary>Under what measure it is a density: scores under different measures must not be compared.</summary>
    public required Measure Measure { get; init; }

    /// <summary>Whether the numbers are exact, to a tolerance, unbiased estimates, or lower bounds, below what they would be if they could be computed.</summary>
    public required Evidence Evidence { get; init; }

    /// <summary>Draws behind the estimate or bound of each example, which comes closer the more there are; null where there are none.</summary>
    public int? Samples { get; init; }

    /// <summary>Tells other examples from these: a hash of their numbers in single precision; null for a score that was not made here, which is taken at its word.</summary>
    internal int? Fingerprint { get; init; }

    /// <summary>Number of examples.</summary>
    public int Count => Each.Count;

    /// <summary>The mean over the examples; higher is better. −∞ if one of them has the density 0.</summary>
    public double Mean => Each.Average();

    /// <summary>The standard error of <see cref="Mean"/> over the examples, that of estimates included; NaN for one example, or where one has the density 0.</summary>
    public double StandardError => ErrorOf(Each);

    /// <summary>What the numbers are: "log density", "lower bound of the log mass, 64 draws", for example.</summary>
    public string Label
    {
        get
        {
            string what = Measure switch
            {
                Measure.Lebesgue => "log density",
                Measure.Counting => "log mass",
                _ => "log density with atoms",
            };
            what = Evidence switch
            {
                Evidence.LowerBound => $"lower bound of the {what}",
                Evidence.Unbiased => $"estimate of the {what}",
                Evidence.Numeric => $"{what}, numeric",
                _ => what,
            };
            return Samples is { } samples ? FormattableString.Invariant($"{what}, {samples} {(samples == 1 ? "draw" : "draws")}") : what;
        }
    }

    /// <summary>
    /// How many nats an example this is above another score of the same examples, with the standard error of the difference in pairs, which is mostly far below that of the
    /// scores. Of a lower bound the difference is a bound too.
    /// </summary>
    /// <param name="other">The other score.</param>
    /// <exception cref="ArgumentException">It is of other examples, or the same in another order, or under another measure.</exception>
    public (double Mean, double StandardError) Above(DensityScore other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (WhyIncomparable(other) is { } reason)
        {
            throw new ArgumentException($"DensityScore.Above: {reason}", nameof(other));
        }

        double[] differences = [.. Each.Zip(other.Each, (a, b) => a.Equals(b) ? 0 : a - b)];
        return (differences.Average(), ErrorOf(differences));
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"{Count} examples: {Label} {(Evidence == Evidence.LowerBound ? "≥ " : "")}{Mean:F3} ± {StandardError:F3} nats");

    /// <summary>Why two scores must not be compared, as a sentence; null if they may.</summary>
    internal string? WhyIncomparable(DensityScore other) =>
        Measure != other.Measure ? $"one score is a {Name(Measure)} and the other a {Name(other.Measure)}: numbers under different measures must not be compared. "
            + "Dequantize counts, or score cells."
        : Example != other.Example ? $"one score is of examples of shape {Example}, the other of shape {other.Example}."
        : Count != other.Count ? FormattableString.Invariant($"one score is of {Count} examples, the other of {other.Count}: score both on the same.")
        : Fingerprint is { } own && other.Fingerprint is { } its && own != its
            ? "the examples are not the same, or in another order: differences in pairs need the same in the same order."
        : null;

    private static string Name(Measure measure) => measure switch
    {
        Measure.Lebesgue => "density",
        Measure.Counting => "mass",
        _ => "density with atoms",
    };

    private static double ErrorOf(IReadOnlyList<double> values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1.0) / values.Count);
    }
}
