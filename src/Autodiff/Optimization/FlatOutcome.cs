namespace ProbNet.Autodiff;

/// <summary>What became of an optimizer's step on flat buffers.</summary>
/// <param name="IsFinite">Whether all new weights are finite.</param>
/// <param name="IsInPlace">Whether they lie over the old ones.</param>
/// <param name="LargestWeight">The largest of them in magnitude; infinity where it is not known.</param>
internal readonly record struct FlatOutcome(bool IsFinite, bool IsInPlace, double LargestWeight);
