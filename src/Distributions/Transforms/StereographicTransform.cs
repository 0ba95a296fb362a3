using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// From vectors of n − 1 numbers to unit vectors of n, without one pole: y = (2x, |x|² − 1)/(|x|² + 1). The log-determinant, with respect to the area
/// on the sphere, is (n − 1)·ln(2/(1 + |x|²)).
/// </summary>
public sealed class StereographicTransform : Transform
{
    /// <inheritdoc/>
    public override int EventRank => 1;

    /// <inheritdoc/>
    public override Support Domain => Support.Real;

    /// <inheritdoc/>
    public override Support Codomain => Support.UnitVector;

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x)
    {
        // Far out in units of the larger of 1 and |x|, so that the square does not overflow.
        Tensor size = Tensor.Maximum(Gradient.Stop(x).Abs().Max(-1, keepDims: true), 1.0), u = x / size;
        Tensor square = u.Square().Sum(-1, keepDims: true), unit = size.Reciprocal().Square();
        Tensor y = Tensor.Concat([2 * u / size, square - unit], -1) / (square + unit);
        Tensor logDet = Math.Log(2) - (2 * size.Log()) - (square + unit).Log();
        return (y, x.Shape[-1] * logDet.Squeeze(-1));
    }

    /// <summary>x = y/(1 − yₙ), which is y·(1 + yₙ)/|y|² of the other coordinates: close to the pole these have digits that 1 − yₙ has lost.</summary>
    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y)
    {
        Tensor first = y[TensorIndex.Ellipsis, ..^1], last = y[TensorIndex.Ellipsis, ^1..];
        Tensor size = Gradient.Stop(first).Abs().Max(-1, keepDims: true), near = (last > 0) & (size > 0), unit = Tensor.Where(near, size, 1.0), u = first / unit;
        return u * Tensor.Where(near, (1 + last) / (Tensor.Where(near, u, 1.0).Square().Sum(-1, keepDims: true) * unit), unit / (1 - Tensor.Where(near, 0.0, last)));
    }

    /// <inheritdoc/>
    public override Shape ForwardShape(Shape shape) => LastAxis.Longer(ToString(), shape, 1);

    /// <inheritdoc/>
    public override Shape InverseShape(Shape shape) => LastAxis.Longer(ToString(), shape, -1);
}
