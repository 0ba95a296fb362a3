namespace ProbNet.Autodiff;

/// <summary>The result of <see cref="GradientClipping"/>.</summary>
/// <param name="Gradients">The clipped gradients: the same tensors where nothing had to be clipped.</param>
/// <param name="NormTensor">The L2 norm of all gradients together before clipping, a Float64 scalar; not finite if a gradient is not.</param>
public readonly record struct ClippedGradients(Tensor[] Gradients, Tensor NormTensor)
{
    /// <summary>The value of <see cref="NormTensor"/>.</summary>
    /// <exception cref="TracingException">The function is being traced, and the norm has no value yet.</exception>
    public double Norm => NormTensor.IsSymbolic
        ? throw new TracingException(
            "ClippedGradients.Norm: the norm was read while its function is being traced, when it has no value yet; compute with NormTensor, or return it from "
            + "the function and read it there.")
        : NormTensor.ToScalar();

    /// <summary>False if a gradient has an infinite or NaN element; such gradients are not changed by clipping to a norm.</summary>
    /// <exception cref="TracingException">The function is being traced.</exception>
    public bool IsFinite => double.IsFinite(Norm);
}
