namespace ProbNet.Autodiff;

/// <summary>What became of the guarded steps of an optimizer on a device.</summary>
/// <param name="Steps">Steps that were taken.</param>
/// <param name="Loss">The sum of their losses, each times its guard's weight.</param>
/// <param name="GradientNorm">The sum of their gradient norms, before clipping.</param>
/// <param name="Bad">How many steps were taken before the first that was refused, its loss and its gradient norm; null if none was. After it none is taken.</param>
/// <param name="Broken">The parameter that this one would have made infinite or NaN, though loss and gradient were finite; null if it did not.</param>
internal readonly record struct UpdateTotals(long Steps, double Loss, double GradientNorm, (long Step, double Loss, double GradientNorm)? Bad, Parameter? Broken);
