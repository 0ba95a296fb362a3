namespace ProbNet.Autodiff;

/// <summary>What became of an optimizer's step in a replay.</summary>
/// <param name="Broken">The first parameter that would have become infinite or NaN, where that is refused: then no parameter was changed.</param>
/// <param name="Loss">The guard's loss; NaN without a guard.</param>
/// <param name="GradientNorm">The norm of all gradients together, before clipping; NaN without a guard.</param>
internal readonly record struct UpdateOutcome(Parameter? Broken, double Loss, double GradientNorm);
