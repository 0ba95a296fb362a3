using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// From vectors of n(n + 1)/2 numbers to lower triangular n×n matrices with a positive diagonal, Cholesky factors of covariances. The vector is the triangle
/// row by row (00, 10, 11, 20, …), and its diagonal entries go through <see cref="ExpTransform"/> or another map to the positive numbers. The log-determinant is
/// that of the map of the diagonal.
/// </summary>
public sealed class LowerCholeskyTransform : Transform
{
    private readonly Transform _diagonal;

    /// <summary>Creates the map.</summary>
    /// <param name="diagonal">
    /// A map of numbers from the line to the positive numbers; the exponential if null. <c>new SoftplusTransform().Then(new AffineTransform(1e-5, 1))</c> keeps a floor.
    /// </param>
    /// <exception cref="ArgumentException">The map is not one of numbers.</exception>
    public LowerCholeskyTransform(Transform? diagonal = null)
    {
        if (diagonal is { EventRank: not 0 } or { OutputRank: not 0 })
        {
            throw new ArgumentException($"LowerCholeskyTransform: {diagonal} is not a map of numbers; the diagonal entries go through one each.", nameof(diagonal));
        }

        _diagonal = diagonal ?? new ExpTransform();
    }

    /// <inheritdoc/>
    public override int EventRank => 1;

    /// <inheritdoc/>
    public override int OutputRank => 2;

    /// <inheritdoc/>
    public override Support Domain => Support.Real;

    /// <inheritdoc/>
    public override Support Codomain => Support.LowerCholesky;

    /// <inheritdoc/>
    public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x)
    {
        Tensor matrix = PackedTriangle.Unpack(x, PackedTriangle.Size(ToString(), x.Shape, strict: false), strict: false);
        (Tensor diagonal, Tensor logDet) = _diagonal.ForwardAndLogDet(matrix.Diagonal());
        return (matrix.Tril(-1) + diagonal.DiagEmbed(), logDet.Sum(-1));
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => PackedTriangle.Pack(y.Tril(-1) + _diagonal.Inverse(y.Diagonal()).DiagEmbed(), strict: false);

    /// <inheritdoc/>
    public override Shape ForwardShape(Shape shape) => PackedTriangle.ForwardShape(ToString(), shape, strict: false);

    /// <inheritdoc/>
    public override Shape InverseShape(Shape shape) => PackedTriangle.InverseShape(ToString(), shape, strict: false);
}
