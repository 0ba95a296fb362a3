using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// From vectors of n numbers to the simplex of n + 1: zᵢ = σ(xᵢ − ln(n + 1 − i)), i from 1, is the part of the stick's rest that coordinate i takes, so that 0 goes to the
/// centre. The log-determinant is with respect to the first n coordinates; the inverse is a function of these, with 1 minus their sum as the last.
/// </summary>
public sealed class StickBreakingTransform : Transform
{
    /// <inheritdoc/>
    public override int EventRank => 1;

    /// <inheritdoc/>
    public override Support Domain => Support.Real;

    /// <inheritdoc/>
    public override Support Codomain => Support.Simplex;

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x)
    {
        Tensor u = x - Offsets(x.Shape[-1], x.DType), logTaken = u.LogSigmoid(), logLeft = (-u).LogSigmoid();
        Tensor logRest = logLeft.CumSum(-1), logBefore = logRest - logLeft;
        Tensor logLast = x.Shape[-1] == 0
            ? Tensor.Zeros(x.Shape[..^1].Concat([1]), x.DType)
            : logRest[TensorIndex.Ellipsis, ^1..];
        Tensor y = Tensor.Concat([logTaken + logBefore, logLast], -1).Exp();
        return (y, (logTaken + logRest).Sum(-1));
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y)
    {
        (Tensor first, Tensor rest) = Rest(y);
        return first.Log() - rest.Log() + Offsets(first.Shape[-1], y.DType);
    }

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) InverseAndLogDet(Tensor y)
    {
        // ln dy/dx for coordinate i is ln yᵢ + ln(rest after/rest before).
        (Tensor first, Tensor rest) = Rest(y);
        Tensor logFirst = first.Log(), logRest = rest.Log();
        return (logFirst - logRest + Offsets(first.Shape[-1], y.DType), -(logFirst + (-(logFirst - logRest)).LogSigmoid()).Sum(-1));
    }

    /// <inheritdoc/>
    public override Shape ForwardShape(Shape shape) => LastAxis.Longer(ToString(), shape, 1);

    /// <inheritdoc/>
    public override Shape InverseShape(Shape shape) => LastAxis.Longer(ToString(), shape, -1);

    // The first n coordinates, and what is left of 1 after each: summed from the end, where nothing cancels, with the derivatives of 1 minus the sum from the front.
    private static (Tensor First, Tensor Left) Rest(Tensor y)
    {
        Tensor first = y[TensorIndex.Ellipsis, ..^1], front = 1 - first.CumSum(-1);
        Tensor back = Gradient.Stop(y).Flip(-1).CumSum(-1).Flip(-1)[TensorIndex.Ellipsis, 1..];
        return (first, back + (front - Gradient.Stop(front)));
    }

    private static Tensor Offsets(int n, DType dtype) => Tensor.Arange(n, 0, -1, dtype).Log();
}
