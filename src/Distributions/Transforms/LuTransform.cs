using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// y = L·U·x + b with a lower triangular L whose diagonal is 1 and an upper triangular U whose diagonal is e^d. The log-determinant is Σ d, and the inverse two
/// substitutions.
/// </summary>
public sealed class LuTransform : Transform
{
    private readonly Tensor _belowDiagonal, _aboveDiagonal;

    /// <summary>Creates the map.</summary>
    /// <param name="lower">L, [..., n, n]: what stands below the diagonal; the rest is not looked at.</param>
    /// <param name="upper">U, [..., n, n]: what stands above the diagonal; the rest is not looked at.</param>
    /// <param name="logDiagonal">d, [..., n].</param>
    /// <param name="bias">b, [..., n].</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public LuTransform(Tensor lower, Tensor upper, Tensor logDiagonal, Tensor bias)
    {
        Lower = LinearMaps.RequireSquare(nameof(LuTransform), nameof(lower), lower);
        Upper = LinearMaps.RequireSquare(nameof(LuTransform), nameof(upper), upper);
        LogDiagonal = LinearMaps.RequireVector(nameof(LuTransform), nameof(logDiagonal), logDiagonal, lower.Shape[-1]);
        Bias = LinearMaps.RequireVector(nameof(LuTransform), nameof(bias), bias, lower.Shape[-1]);
        BatchShape = Shape.Broadcast(
            Shape.Broadcast(lower.Shape[..^2], upper.Shape[..^2], nameof(LuTransform)),
            Shape.Broadcast(logDiagonal.Shape, bias.Shape, nameof(LuTransform))[..^1], nameof(LuTransform));
        _belowDiagonal = lower.Tril(-1);
        _aboveDiagonal = upper.Triu(1);
    }

    /// <summary>L, [..., n, n]; only what stands below the diagonal counts.</summary>
    public Tensor Lower { get; }

    /// <summary>U, [..., n, n]; only what stands above the diagonal counts.</summary>
    public Tensor Upper { get; }

    /// <summary>The logarithm of U's diagonal, [..., n].</summary>
    public Tensor LogDiagonal { get; }

    /// <summary>b, [..., n].</summary>
    public Tensor Bias { get; }

    /// <inheritdoc/>
    public override int EventRank => 1;

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override Support Domain => Support.Real;

    /// <inheritdoc/>
    public override Support Codomain => Support.Real;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters =>
        [("lower", Lower), ("upper", Upper), ("log_diagonal", LogDiagonal), ("bias", Bias)];

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x)
    {
        Tensor upper = LinearMaps.Times(_aboveDiagonal, x) + (LogDiagonal.Exp() * x);
        return (LinearMaps.Times(_belowDiagonal, upper) + upper + Bias, Constant(LogDiagonal.Sum(-1), x, 1));
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y)
    {
        Tensor eye = Tensor.Eye(y.Shape[-1], y.DType).AsFree();
        Tensor upper = _aboveDiagonal + (eye * LogDiagonal.Exp().Unsqueeze(-1));
        return upper.SolveTriangular((_belowDiagonal + eye).SolveTriangular((y - Bias).Unsqueeze(-1)), upper: true).Squeeze(-1);
    }
}
