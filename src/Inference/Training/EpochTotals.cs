namespace ProbNet.Inference;

/// <summary>What became of an epoch's steps on a device.</summary>
/// <param name="Loss">The sum of the losses, each times the number of its examples.</param>
/// <param name="GradientNorm">The sum of the gradient norms.</param>
/// <param name="Refused">The first step that was refused, counted from 0, and its result; null if none was.</param>
internal readonly record struct EpochTotals(double Loss, double GradientNorm, (int Step, StepResult Result)? Refused);
