namespace ProbNet.Autodiff;

public sealed partial class Tensor
{
    /// <summary>The lower triangular L with L·Lᵀ = A, for positive definite matrices [..., n, n]; the symmetric part (A + Aᵀ)/2 is what counts.</summary>
    /// <param name="jitter">Added to the diagonal first, against rounding.</param>
    /// <exception cref="ShapeException">The matrices are not square.</exception>
    /// <exception cref="LinearAlgebraException">A matrix is not positive definite; the error names it and the first bad pivot.</exception>
    public Tensor Cholesky(double jitter = 0)
    {
        SquareMatrixOp.RequireSquare(this, "Cholesky");
        return Autodiff.Cholesky.Instance.Apply(jitter == 0 ? this : this + (Eye(Shape[-1], DType) * jitter));
    }

    /// <summary>X with A·X = B, where A [..., n, n] is triangular: its other triangle is not read.</summary>
    /// <param name="right">B: [..., n, k], or one vector [n]; leading axes broadcast.</param>
    /// <param name="upper">Whether the upper triangle counts, or the lower.</param>
    /// <param name="transpose">Whether to solve Aᵀ·X = B instead; <paramref name="upper"/> still says which triangle of A counts.</param>
    /// <param name="unitDiagonal">Whether the diagonal is taken as ones and not read.</param>
    /// <exception cref="ShapeException">The matrices are not square, or the rows of the right side do not match.</exception>
    /// <exception cref="LinearAlgebraException">The diagonal holds a zero.</exception>
    public Tensor SolveTriangular(Tensor right, bool upper = false, bool transpose = false, bool unitDiagonal = false) =>
        SolveWith(new SolveTriangular(upper, transpose, unitDiagonal), right);

    /// <summary>X with L·Lᵀ·X = B, where this is the Cholesky factor L [..., n, n]; its upper triangle is not read.</summary>
    /// <param name="right">B: [..., n, k], or one vector [n]; leading axes broadcast.</param>
    /// <inheritdoc cref="SolveTriangular"/>
    public Tensor CholeskySolve(Tensor right) => SolveTriangular(SolveTriangular(right), transpose: true);

    /// <summary>X with A·X = B, for matrices A [..., n, n], by LU with partial pivoting.</summary>
    /// <param name="right">B: [..., n, k], or one vector [n]; leading axes broadcast.</param>
    /// <exception cref="ShapeException">The matrices are not square, or the rows of the right side do not match.</exception>
    /// <exception cref="LinearAlgebraException">A matrix is singular.</exception>
    public Tensor Solve(Tensor right) => SolveWith(Autodiff.Solve.Instance, right);

    /// <summary>A⁻¹ of matrices [..., n, n]. To multiply with it, <see cref="Solve"/> is faster and more accurate.</summary>
    /// <exception cref="ShapeException">The matrices are not square.</exception>
    /// <exception cref="LinearAlgebraException">A matrix is singular.</exception>
    public Tensor Inverse() => Autodiff.Inverse.Instance.Apply(this);

    /// <summary>
    /// The determinants of matrices [..., n, n]. Differentiable at singular matrices once; beyond that, and for many rows, use <see cref="SlogDet"/>.
    /// </summary>
    /// <exception cref="ShapeException">The matrices are not square.</exception>
    public Tensor Determinant() => Autodiff.Determinant.Instance.Apply(this);

    /// <summary>
    /// The sign of the determinants of matrices [..., n, n], and the logarithm of their magnitude: 0 and −∞ for a singular one, which has no gradient.
    /// </summary>
    /// <exception cref="ShapeException">The matrices are not square.</exception>
    public (Tensor Sign, Tensor LogAbs) SlogDet() => (DeterminantSign.Instance.Apply(this), LogAbsDeterminant.Instance.Apply(this));

    /// <summary>log det A for positive definite matrices [..., n, n], through the Cholesky factor.</summary>
    /// <inheritdoc cref="Cholesky"/>
    public Tensor LogDetSpd() => 2 * Cholesky().Diagonal().Log().Sum(-1);

    /// <summary>e^A = Σ Aᵏ/k! of matrices [..., n, n].</summary>
    /// <exception cref="ShapeException">The matrices are not square.</exception>
    public Tensor MatrixExp() => Autodiff.MatrixExp.Instance.Apply(this);

    /// <summary>The eigenvalues [..., n] of symmetric matrices [..., n, n], ascending; the symmetric part (A + Aᵀ)/2 is what counts.</summary>
    /// <exception cref="ShapeException">The matrices are not square.</exception>
    public Tensor SymmetricEigenvalues() => SymmetricEigen().Values;

    /// <summary>
    /// Eigenvalues [..., n], ascending, and orthonormal eigenvectors [..., n, n] (columns) of symmetric matrices [..., n, n]; the symmetric part
    /// (A + Aᵀ)/2 is what counts. The component of largest magnitude of a vector is positive.
    /// </summary>
    /// <remarks>Where eigenvalues are equal, their vectors are one choice of many, and gradients hold for functions that do not depend on it.</remarks>
    /// <exception cref="ShapeException">The matrices are not square.</exception>
    public (Tensor Values, Tensor Vectors) SymmetricEigen() => Autodiff.SymmetricEigen.Unpack(Autodiff.SymmetricEigen.Instance.Apply(this));

    private Tensor SolveWith(Op solver, Tensor right)
    {
        if (right.Rank == 1)
        {
            return SolveWith(solver, right.Unsqueeze(-1)).Squeeze(-1);
        }

        if (Rank != 2 || right.Rank <= 2 || right.Shape[-2] != Shape[-1])
        {
            return solver.Apply(this, right);
        }

        // One matrix for many right sides: all become columns of one, so that it is factorised once and its gradient is one product.
        int n = Shape[0];
        Tensor rows = right.MoveAxis(-2, 0);
        return solver.Apply(this, rows.Reshape(n, rows.Shape[1..].Size)).Reshape(rows.Shape).MoveAxis(0, -2);
    }
}
