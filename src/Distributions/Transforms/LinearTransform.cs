using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>y = W·x with an invertible W. The log-determinant is ln |det W|.</summary>
public sealed class LinearTransform : Transform
{
    /// <summary>Creates the map.</summary>
    /// <param name="weight">W, [..., n, n].</param>
    /// <exception cref="ShapeException">W is not square.</exception>
    public LinearTransform(Tensor weight) => Weight = LinearMaps.RequireSquare(nameof(LinearTransform), nameof(weight), weight);

    /// <summary>W, [..., n, n].</summary>
    public Tensor Weight { get; }

    /// <inheritdoc/>
    public override int EventRank => 1;

    /// <inheritdoc/>
    public override Shape BatchShape => Weight.Shape[..^2];

    /// <inheritdoc/>
    public override Support Domain => Support.Real;

    /// <inheritdoc/>
    public override Support Codomain => Support.Real;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("weight", Weight)];

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x) => (LinearMaps.Times(Weight, x), Constant(Weight.SlogDet().LogAbs, x, 1));

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => Weight.Solve(y.Unsqueeze(-1)).Squeeze(-1);
}
