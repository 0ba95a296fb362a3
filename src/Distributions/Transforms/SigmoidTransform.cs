using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// y = low + (high − low)·σ(x), element by element: from the line to an interval, (0, 1) unless given. ln |dy/dx| = ln(high − low) + ln σ(x) + ln σ(−x),
/// which stays exact where y has rounded to a bound.
/// </summary>
public sealed class SigmoidTransform : Transform
{
    private readonly Tensor? _low, _high;

    /// <summary>Creates the map to (0, 1).</summary>
    public SigmoidTransform() => Codomain = Support.UnitInterval;

    /// <summary>Creates the map to (low, high).</summary>
    /// <param name="low">The lower bound.</param>
    /// <param name="high">The upper bound, above the lower one; the shapes broadcast.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bounds are not in order.</exception>
    public SigmoidTransform(Tensor low, Tensor high)
    {
        Tensor.Align(nameof(SigmoidTransform), ref low, ref high);
        ParameterChecks.Ordered(nameof(SigmoidTransform), low, high);
        (_low, _high) = (low, high);
        BatchShape = Shape.Broadcast(low.Shape, high.Shape, nameof(SigmoidTransform));
        Codomain = Support.Interval(low, high);
    }

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override Support Domain => Support.Real;

    /// <inheritdoc/>
    public override Support Codomain { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => _low is null ? [] : [("low", _low), ("high", _high!)];

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x)
    {
        Tensor logDet = x.LogSigmoid() + (-x).LogSigmoid();
        if (_low is not { } low || _high is not { } high)
        {
            return (x.Sigmoid(), logDet);
        }

        low = ParameterChecks.Literal(low, x.DType);
        high = ParameterChecks.Literal(high, x.DType);

        // From the nearer bound, so that a bound of 0 keeps its digits at either end.
        Tensor width = high - low, part = width * (-x.Abs()).Sigmoid();
        return (Tensor.Where(x < 0, low + part, high - part), width.Log() + logDet);
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => _low is { } low && _high is { } high ? (y - low).Log() - (high - y).Log() : y.Logit();
}
