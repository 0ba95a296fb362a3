using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// y = x + û·tanh(w·x + b) with û = u + (m − w·u)·w/|w|² and m = softplus(w·u) − 1, so that w·û = m &gt; −1 and the map is invertible (Rezende and Mohamed 2015).
/// The log-determinant is ln |1 + m·(1 − tanh²)|.
/// </summary>
/// <remarks>The inverse needs the root a of a + m·tanh a = w·y + b, which is found by Newton's method in a bracket, with implicit gradients.</remarks>
public sealed class PlanarTransform : Transform
{
    private readonly Tensor _direction, _m, _softplus;

    /// <summary>Creates the map.</summary>
    /// <param name="weight">w, [..., n]; not 0.</param>
    /// <param name="direction">u, [..., n]: any numbers.</param>
    /// <param name="bias">b, [...].</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public PlanarTransform(Tensor weight, Tensor direction, Tensor bias)
    {
        Weight = LinearMaps.RequireVector(nameof(PlanarTransform), nameof(weight), weight);
        Direction = LinearMaps.RequireVector(nameof(PlanarTransform), nameof(direction), direction, weight.Shape[-1]);
        Bias = ParameterChecks.Literal(bias, weight.DType);
        BatchShape = Shape.Broadcast(Shape.Broadcast(weight.Shape, direction.Shape)[..^1], Bias.Shape, nameof(PlanarTransform));

        Tensor product = (weight * direction).Sum(-1);
        _softplus = product.Softplus();
        _m = _softplus - 1;
        _direction = direction + ((_m - product) / weight.Square().Sum(-1)).Unsqueeze(-1) * weight;
    }

    /// <summary>w, [..., n].</summary>
    public Tensor Weight { get; }

    /// <summary>u, [..., n], as it was given.</summary>
    public Tensor Direction { get; }

    /// <summary>b, [...].</summary>
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
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("weight", Weight), ("direction", Direction), ("bias", Bias)];

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x)
    {
        Tensor a = Along(x), t = a.Tanh(), square = TanhTransform.LogSlope(a).Exp();

        // 1 + m·(1 − t²) = t² + softplus·(1 − t²).
        return (x + (_direction * t.Unsqueeze(-1)), (t.Square() + (_softplus * square)).Log());
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => y - (_direction * PlanarRoot.Instance.Apply(_m, Along(y)).Tanh().Unsqueeze(-1));

    private Tensor Along(Tensor x) => (Weight * x).Sum(-1) + Bias;
}
