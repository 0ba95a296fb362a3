using ProbNet.Autodiff;

namespace ProbNet.BackendContract;

internal static partial class StructureCases
{
    /// <summary>Matrices far from singular and from symmetric: random entries plus a diagonal.</summary>
    private static Tensor Regular(Shape shape, int salt = 0) => Values(shape, salt) + (Tensor.Eye(shape[-1], DType.Float64) * 2.5);

    /// <summary>Positive definite matrices; a function of one sees (A + Aᵀ)/2.</summary>
    private static Tensor Positive(Shape shape)
    {
        Tensor a = Regular(shape);
        return a.MatMul(a.Transpose());
    }

    private static void AddLinearAlgebra()
    {
        Add("MatMul", (a, b) => a.MatMul(b), Values([3, 4]), Values([4, 2], 1));
        Add("MatMul batch", (a, b) => a.MatMul(b), Values([2, 1, 3, 4]), Values([3, 4, 2], 1));
        Add("MatMul batch with matrix", (a, b) => a.MatMul(b), Values([2, 3, 4]), Values([4, 2], 1));
        Add("MatMul vector matrix", (a, b) => a.MatMul(b), Values([4]), Values([4, 3], 1));
        Add("MatMul matrices vector", (a, b) => a.MatMul(b), Values([2, 3, 4]), Values([4], 1));
        Add("MatMul vectors", (a, b) => a.MatMul(b), Values([4]), Values([4], 1));
        Add("MatMul vector with batch", (a, b) => a.MatMul(b), Values([4]), Values([2, 4, 3], 1));
        Add("MatMul inner zero", (a, b) => a.MatMul(b), Values([2, 3, 0]), Values([0, 2], 1));
        Add("Outer", (a, b) => a.Outer(b), Values([3]), Values([4], 1));
        Add("Outer batch", (a, b) => a.Outer(b), Values([2, 1, 3]), Values([2, 2], 1));
        Add("Dot", (a, b) => a.Dot(b), Values([2, 3]), Values([3], 1));
        Add("Kron", (a, b) => a.Kron(b), Values([2, 3]), Values([3, 2], 1));
        AddEinsum();
        AddFactorizations();
    }

    private static void AddEinsum()
    {
        foreach ((string equation, Shape[] shapes) in new (string, Shape[])[]
        {
            ("ij,jk->ik", [[2, 3], [3, 4]]), ("ii->i", [[3, 3]]), ("ii->", [[3, 3]]), ("ij,ij->", [[2, 3], [2, 3]]), ("i,j->ij", [[2], [3]]),
            ("ijk,k->ij", [[2, 3, 2], [2]]), ("i,ij,j->", [[2], [2, 3], [3]]), ("bi,ijk,bk->bj", [[2, 2], [2, 3, 2], [2, 2]]), ("ij->ji", [[2, 3]]),
            ("bij,bjk->bik", [[2, 2, 3], [2, 3, 2]]), ("bi,bi->b", [[3, 2], [3, 2]]), ("...ij,...jk->...ik", [[2, 1, 2, 3], [3, 3, 2]]),
            ("ijij->ij", [[2, 3, 2, 3]]), ("ba", [[2, 3]]), ("ij,kl->k", [[2, 3], [2, 2]]), (",i->i", [[], [3]]), ("bij,bj->bi", [[1, 2, 3], [3, 3]]),
        })
        {
            s_cases.Add($"Einsum {equation}", (t => Tensor.Einsum(equation, t), [.. shapes.Select((shape, i) => Values(shape, i))]));
        }
    }

    private static void AddFactorizations()
    {
        foreach (Shape shape in new Shape[] { [1, 1], [3, 3], [2, 2, 2] })
        {
            Add($"Cholesky {shape}", a => a.Cholesky(), Positive(shape));
            Add($"LogDetSpd {shape}", a => a.LogDetSpd(), Positive(shape));
            Add($"Inverse {shape}", a => a.Inverse(), Regular(shape));
            Add($"Determinant {shape}", a => a.Determinant(), Regular(shape));
            Add($"SlogDet {shape}", a => a.SlogDet().LogAbs, Regular(shape));
            Add($"MatrixExp {shape}", a => a.MatrixExp(), Values(shape));
            Add($"SymmetricEigenvalues {shape}", a => a.SymmetricEigenvalues(), Regular(shape));
            Add($"SymmetricEigenvectors {shape}", a => a.SymmetricEigen().Vectors, Regular(shape));
        }

        Add("MatrixExp with squarings", a => (a * 8).MatrixExp() * 1e-3, Values([3, 3]));
        Add("Cholesky jitter", a => a.Cholesky(0.5), Positive([2, 2]));
        Add("CholeskySolve", (l, b) => l.CholeskySolve(b), Regular([4, 4]), Values([4, 2], 1));
        Add("Solve", (a, b) => a.Solve(b), Regular([3, 3]), Values([3, 2], 1));
        Add("Solve vector", (a, b) => a.Solve(b), Regular([3, 3]), Values([3], 1));
        Add("Solve one matrix for a batch", (a, b) => a.Solve(b), Regular([3, 3]), Values([2, 3, 2], 1));
        Add("Solve batch broadcast", (a, b) => a.Solve(b), Regular([2, 1, 2, 2]), Values([3, 2, 1], 1));
        foreach (bool upper in new[] { false, true })
        {
            foreach (bool transpose in new[] { false, true })
            {
                foreach (bool unit in new[] { false, true })
                {
                    string name = $"SolveTriangular {(upper ? "upper" : "lower")}{(transpose ? " transposed" : "")}{(unit ? " unit" : "")}";
                    Add(name, (a, b) => a.SolveTriangular(b, upper, transpose, unit), Regular([3, 3]), Values([3, 2], 1));
                    Add($"{name} vectors", (a, b) => a.SolveTriangular(b, upper, transpose, unit), Regular([2, 3, 3]), Values([2, 3, 1], 1));
                }
            }
        }
    }
}
