namespace ProbNet.Autodiff;

/// <summary>What became of an optimizer's step in a replay.</summary>
/// <param name="IsTaken">Whether the parameters were changed.</param>
/// <param name="IsFinite">Whether loss and gradient were finite.</param>
/// <param name="Loss">The guard's loss; NaN without a guard.</param>
/// <param name="GradientNorm">The norm of all gradients together, before clipping; NaN without a guard.</param>
internal readonly record struct UpdateOutcome(bool IsTaken, bool IsFinite, double Loss, double GradientNorm);
