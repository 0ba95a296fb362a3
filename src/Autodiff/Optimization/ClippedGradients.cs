namespace ProbNet.Autodiff;

/// <summary>The result of <see cref="GradientClipping"/>.</summary>
/// <param name="Gradients">The clipped gradients: the same tensors where nothing had to be clipped.</param>
/// <param name="Norm">The L2 norm of all gradients together before clipping; not finite if a gradient is not.</param>
public readonly record struct ClippedGradients(Tensor[] Gradients, double Norm)
{
    /// <summary>False if a gradient has an infinite or NaN element; such gradients are not changed by clipping to a norm.</summary>
    public bool IsFinite => double.IsFinite(Norm);
}
