namespace ProbNet.Distributions;

/// <summary>With respect to what a density is a density. Log densities under different measures must not be compared.</summary>
public enum Measure
{
    /// <summary>Length, area, volume: a probability density.</summary>
    Lebesgue,

    /// <summary>Counting: a probability mass.</summary>
    Counting,

    /// <summary>Both: a density with atoms.</summary>
    Mixed,
}
