namespace ProbNet.Distributions;

/// <summary>A parameter that is to be fitted: one number.</summary>
/// <param name="Name">Its name, for messages.</param>
/// <param name="Start">Where the search starts: a number inside of the support.</param>
/// <param name="Support">The values that it can have; all numbers if null.</param>
/// <param name="Step">How far the search may look at first, in the unit of the parameter where it can be any number; the size of a change that matters.</param>
public sealed record FitParameter(string Name, double Start, Support? Support = null, double Step = 1);
