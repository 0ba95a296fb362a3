namespace ProbNet.Inference;

/// <summary>How central prediction intervals of one level did.</summary>
/// <param name="Level">The probability that they claim to hold.</param>
/// <param name="Coverage">The fraction of observations inside.</param>
/// <param name="Width">Their mean width, in the unit of the target.</param>
/// <param name="Score">Their mean interval score, in the unit of the target; lower is better.</param>
public sealed record IntervalReport(double Level, double Coverage, double Width, double Score);
