using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The Normal distribution of matrices, X = M + A·Z·Bᵀ with standard Normal Z: rows have covariance A·Aᵀ, columns B·Bᵀ.
/// ln f = −½|A⁻¹(X − M)B⁻ᵀ|² − c·Σ ln Aᵢᵢ − r·Σ ln Bⱼⱼ − (rc/2)·ln 2π.
/// </summary>
public sealed class MatrixNormal : Distribution, IReparameterized
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="loc">M, [..., r, c].</param>
    /// <param name="rowTril">A, [..., r, r], lower triangular with a positive diagonal.</param>
    /// <param name="colTril">B, [..., c, c], likewise.</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number on a diagonal is not above 0.</exception>
    public MatrixNormal(Tensor loc, Tensor rowTril, Tensor colTril)
    {
        const string Self = nameof(MatrixNormal);
        LinearMaps.RequireAlike(Self, ("loc", loc), ("row_tril", rowTril), ("col_tril", colTril));
        RowTril = LinearMaps.RequireFactor(Self, nameof(rowTril), rowTril);
        ColTril = LinearMaps.RequireFactor(Self, nameof(colTril), colTril);
        if (loc.Rank < 2 || loc.Shape[-2] != rowTril.Shape[-1] || loc.Shape[-1] != colTril.Shape[-1])
        {
            throw new ShapeException(
                $"{Self}: loc {loc.Shape}, rowTril {rowTril.Shape} and colTril {colTril.Shape} must be [..., r, c], [..., r, r] and [..., c, c].");
        }

        Loc = loc;
        BatchShape = Shape.Broadcast(Shape.Broadcast(loc.Shape[..^2], rowTril.Shape[..^2], Self), colTril.Shape[..^2], Self);
    }

    /// <summary>M, [..., r, c].</summary>
    public Tensor Loc { get; }

    /// <summary>A, [..., r, r].</summary>
    public Tensor RowTril { get; }

    /// <summary>B, [..., c, c].</summary>
    public Tensor ColTril { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("loc", Loc), ("row_tril", RowTril), ("col_tril", ColTril)];

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override Shape EventShape => Loc.Shape[^2..];

    /// <inheritdoc/>
    public override Support Support => Support.Real;

    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Estimate.Exact(Mode);

    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null) =>
        Estimate.Exact(RowTril.Square().Sum(-1).Outer(ColTril.Square().Sum(-1)).BroadcastTo(SampleShape(Shape.Scalar)));

    /// <inheritdoc/>
    public override Tensor Mode => Loc.BroadcastTo(SampleShape(Shape.Scalar));

    /// <inheritdoc/>
    public override Estimate Entropy(RandomKey? key = null) => Estimate.Exact(((EventShape.Size * 0.5) - Peak).BroadcastTo(BatchShape));

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value)
    {
        Tensor half = RowTril.SolveTriangular(value - Loc);
        return Peak - (0.5 * ColTril.SolveTriangular(half.Transpose()).Square().Sum([-2, -1]));
    }

    /// <inheritdoc/>
    public Tensor RSample(RandomKey key, Shape shape = default) =>
        Loc + RowTril.MatMul(key.Normal(SampleShape(shape), DType)).MatMul(ColTril.Transpose());

    private protected override Tensor InteriorPoint => Gradient.Stop(Mode);

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => RSample(key, shape);

    private Tensor Peak => (-EventShape[1] * LinearMaps.LogDiagonal(RowTril)) - (EventShape[0] * LinearMaps.LogDiagonal(ColTril)) - (EventShape.Size * Constants.HalfLogTwoPi);
}
