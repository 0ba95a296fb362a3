using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>Solves one linear system in place.</summary>
internal interface IMatrixSolver
{
    /// <summary>Replaces B [n, k] by the solution of the system with the matrix A [n, n].</summary>
    /// <param name="a">The matrix, row-major.</param>
    /// <param name="x">The right sides, then the solutions.</param>
    /// <param name="n">Rows.</param>
    /// <param name="k">Right sides.</param>
    /// <param name="shape">The shape of all matrices.</param>
    /// <param name="matrix">Which of them, for errors.</param>
    void Solve<T>(ReadOnlySpan<T> a, Span<T> x, int n, int k, Shape shape, int matrix) where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
