namespace ProbNet.Tests.Distributions;

/// <summary>A method of the fuzz.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Check">Fails if it gives NaN for a pair.</param>
/// <param name="IsIntegral">Whether the answer is an integral over many quantiles where there is no closed form.</param>
public sealed record FuzzMethod(string Name, Action<FuzzPairs> Check, bool IsIntegral = false);
