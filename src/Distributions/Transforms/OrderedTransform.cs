using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// From vectors to ascending vectors: y₀ = x₀, yᵢ = yᵢ₋₁ + g(xᵢ), where g is <see cref="ExpTransform"/> or another map to the positive numbers. The log-determinant is that
/// of g, summed.
/// </summary>
public sealed class OrderedTransform : Transform
{
    private readonly Transform _step;

    /// <summary>Creates the map.</summary>
    /// <param name="step">A map of numbers from the line to the positive numbers; the exponential if null.</param>
    /// <exception cref="ArgumentException">The map is not one of numbers.</exception>
    public OrderedTransform(Transform? step = null)
    {
        if (step is { EventRank: not 0 } or { OutputRank: not 0 })
        {
            throw new ArgumentException($"OrderedTransform: {step} is not a map of numbers; each step goes through one.", nameof(step));
        }

        _step = step ?? new ExpTransform();
    }

    /// <inheritdoc/>
    public override int EventRank => 1;

    /// <inheritdoc/>
    public override Support Domain => Support.Real;

    /// <inheritdoc/>
    public override Support Codomain => Support.Ordered;

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x)
    {
        (Tensor steps, Tensor logDet) = _step.ForwardAndLogDet(x[TensorIndex.Ellipsis, 1..]);
        return (Tensor.Concat([x[TensorIndex.Ellipsis, ..1], steps], -1).CumSum(-1), logDet.Sum(-1));
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => Tensor.Concat(
        [y[TensorIndex.Ellipsis, ..1], _step.Inverse(y[TensorIndex.Ellipsis, 1..] - y[TensorIndex.Ellipsis, ..^1])], -1);
}
