using ProbNet.Autodiff;

namespace ProbNet.Inference;

/// <summary>What became of a training step.</summary>
/// <param name="Loss">The mean loss of the batch, in standardized units.</param>
/// <param name="GradientNorm">The norm of all gradients together, before clipping.</param>
/// <param name="Broken">The parameter that the optimizer would have made infinite or NaN, though loss and gradient were finite; the step was undone then.</param>
internal readonly record struct StepResult(double Loss, double GradientNorm, Parameter? Broken)
{
    /// <summary>Whether loss and gradient were finite; if not, nothing was changed.</summary>
    public bool IsFinite => double.IsFinite(Loss) && double.IsFinite(GradientNorm);
}
