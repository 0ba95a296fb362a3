using ProbNet.Autodiff;

namespace ProbNet.BackendContract;

internal static partial class GradientTable
{
    private static void AddLinearAlgebra()
    {
        Add("MatMul", (a, b) => a.MatMul(b), Family.Fixed([[2, 3], [3, 4]], [[1, 1], [1, 1]], [[2, 0], [0, 3]], [[0, 2], [2, 3]]));
        Add("MatMul/batches broadcast", (a, b) => a.MatMul(b), Family.Fixed([[2, 1, 2, 3], [3, 3, 2]], [[0, 2, 3], [3, 2]], [[2, 2, 3], [3, 2]]));
        Add("MatMul/vectors", (a, b) => a.MatMul(b), Family.Fixed([[3], [3]], [[3], [3, 2]], [[2, 3], [3]], [[2, 2, 3], [3]], [[0], [0]]));
        Add("Outer", (a, b) => a.Outer(b), Family.Fixed([[3], [2]], [[2, 3], [2, 1]], [[0], [2]]));
        Add("Dot", (a, b) => a.Dot(b), Family.Fixed([[3], [3]], [[2, 3], [3]], [[0], [0]]));
        Add("Kron", (a, b) => a.Kron(b), Family.Fixed([[2, 2], [1, 3]], [[2, 1, 2], [2, 2]]));
        Add("Einsum/product", (a, b) => Tensor.Einsum("ij,jk->ik", a, b), Family.Fixed([[2, 3], [3, 2]], [[2, 0], [0, 2]]));
        Add("Einsum/batched", (a, b) => Tensor.Einsum("...ij,...jk->...ik", a, b), Family.Fixed([[2, 2, 3], [3, 2]]));
        Add("Einsum/diagonal", x => Tensor.Einsum("ii->i", x), Family.Fixed([[3, 3]], [[0, 0]]));
        Add("Einsum/trace", x => Tensor.Einsum("ii", x), Family.Fixed([[3, 3]]));
        Add("Einsum/inner", (a, b) => Tensor.Einsum("ij,ij->", a, b), Family.Fixed([[2, 3], [2, 3]]));
        Add("Einsum/summed label", (a, b) => Tensor.Einsum("ij,k->j", a, b), Family.Fixed([[2, 3], [4]]));
        Add("Einsum/three operands", (a, b, c) => Tensor.Einsum("bi,ijk,bk->bj", a, b, c), Family.Fixed([[2, 2], [2, 3, 2], [2, 2]]));

        Add("Cholesky", x => Positive(x).Cholesky(), Family.Square);
        Add("LogDetSpd", x => Positive(x).LogDetSpd(), Family.Square);
        Add("CholeskySolve", (a, b) => Positive(a).Cholesky().CholeskySolve(b), Family.SquareAndColumns);
        Add("SolveTriangular", (a, b) => Regular(a).SolveTriangular(b), Family.SquareAndColumns);
        Add("SolveTriangular/upper", (a, b) => Regular(a).SolveTriangular(b, upper: true), Family.SquareAndColumns);
        Add("SolveTriangular/transposed", (a, b) => Regular(a).SolveTriangular(b, transpose: true), Family.SquareAndColumns);
        Add("SolveTriangular/upper, transposed", (a, b) => Regular(a).SolveTriangular(b, upper: true, transpose: true), Family.SquareAndColumns);
        Add("SolveTriangular/unit", (a, b) => (0.3 * a).SolveTriangular(b, unitDiagonal: true), Family.SquareAndColumns);
        Add("SolveTriangular/vector", (a, b) => Regular(a).SolveTriangular(b), Family.Fixed([[3, 3], [3]]));
        Add("Solve", (a, b) => Regular(a).Solve(b), Family.SquareAndColumns);
        Add("Solve/vector", (a, b) => Regular(a).Solve(b), Family.Fixed([[3, 3], [3]]));
        Add("Inverse", x => Regular(x).Inverse(), Family.Square);
        Add("Determinant", x => Regular(x).Determinant(), Family.Square);
        Add("SlogDet", x => Regular(x).SlogDet().LogAbs, Family.Square);
        Add("MatrixExp", x => (0.3 * x).MatrixExp(), Family.Square);
        Add("MatrixExp/scaled", x => (2 * x).MatrixExp(), Family.Fixed([[2, 2]]));
        Add("SymmetricEigenvalues", x => Separated(x).SymmetricEigenvalues(), Family.Square);
        Add("SymmetricEigen", x => Separated(x).SymmetricEigen().Vectors, Family.Square);
    }

    /// <summary>A positive definite matrix.</summary>
    private static Tensor Positive(Tensor x) => (0.3 * x.MatMul(x.Transpose())) + Tensor.Eye(x.Shape[^1], x.DType);

    /// <summary>A matrix whose diagonal outweighs the rest.</summary>
    private static Tensor Regular(Tensor x) => (0.3 * x) + (x.Shape[^1] * Tensor.Eye(x.Shape[^1], x.DType));

    /// <summary>A symmetric matrix whose eigenvalues are well apart, so that eigenvectors are smooth functions of it.</summary>
    private static Tensor Separated(Tensor x) =>
        (0.05 * (x + x.Transpose())) + Tensor.Arange(0, x.Shape[^1], 1, x.DType).DiagEmbed();
}
