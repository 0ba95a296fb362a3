namespace ProbNet.Autodiff;

/// <summary>
/// Limits on an optimizer's step: it is taken only if loss and gradient norm are finite; else parameters and optimizer stay as they were. New weights
/// that are not finite are refused too, but by then the optimizer has counted the step.
/// </summary>
/// <param name="Loss">The loss, one element.</param>
/// <param name="ClipValue">Limits each element of the gradient to [−value, value]; null does not.</param>
/// <param name="ClipNorm">Limits the norm of all gradients together; null does not.</param>
internal sealed record UpdateGuard(Tensor Loss, double? ClipValue, double? ClipNorm)
{
    /// <summary>The weight of the loss in the sum that a device keeps: the examples of the batch.</summary>
    public double Weight { get; init; } = 1;
}
