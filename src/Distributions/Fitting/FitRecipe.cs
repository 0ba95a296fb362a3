using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>How a family is fitted.</summary>
/// <param name="Parameters">The names of its parameters and the values that they can have.</param>
/// <param name="Create">Makes the distribution from them.</param>
internal sealed record FitRecipe((string Name, Support Support)[] Parameters, Func<Tensor[], Distribution> Create)
{
    /// <summary>Estimates whose first moments are those of the data; null where the family does not have enough moments.</summary>
    public Func<Observations, double[]>? Moments { get; init; }

    /// <summary>The estimates of greatest likelihood, where they have a closed form.</summary>
    public Func<Observations, double[]>? Likelihood { get; init; }

    /// <summary>Where the search starts, if not at <see cref="Moments"/>.</summary>
    public Func<Observations, double[]>? Start { get; init; }

    /// <summary>What the data must belong to.</summary>
    public required Support Support { get; init; }

    /// <summary>Whether one value again and again leaves a parameter, a scale, without an estimate.</summary>
    public bool NeedsSpread { get; init; } = true;

    /// <summary>The parameters whose most likely values are those of <see cref="Start"/>, ends of the support: the search leaves them there.</summary>
    public int[] Held { get; init; } = [];

    /// <summary>The parameters that move with the data, counted in their standard deviation.</summary>
    public int[] Locations { get; init; } = [];
}
