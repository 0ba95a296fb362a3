using System.Globalization;
using System.Numerics.Tensors;

namespace ProbNet.Autodiff;

/// <summary>
/// The lower triangular L with L·Lᵀ = (A + Aᵀ)/2, which must be positive definite. With Φ the lower triangle with its diagonal halved,
/// dA is the symmetric part of L⁻ᵀ Φ(Lᵀ dL) L⁻¹ (Murray 2016).
/// </summary>
internal sealed class Cholesky : SquareMatrixOp
{
    public static readonly Cholesky Instance = new();

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy)
    {
        Tensor product = output.Transpose().MatMul(dy.Tril());
        Tensor half = (product.Tril() + product.Tril(-1)) * 0.5;
        var solve = new SolveTriangular(upper: false, transpose: true, unitDiagonal: false);
        Tensor s = solve.Apply(output, solve.Apply(output, half).Transpose());
        return (s + s.Transpose()) * 0.5;
    }

    protected override void Compute<T>(ReadOnlySpan<T> a, Span<T> y, int n, Shape shape, int matrix)
    {
        y.Clear();
        T half = T.CreateChecked(0.5);
        for (int i = 0; i < n; i++)
        {
            Span<T> row = y.Slice(i * n, i + 1);
            for (int j = 0; j <= i; j++)
            {
                T mean = i == j ? a[(i * n) + i] : (a[(i * n) + j] + a[(j * n) + i]) * half;
                T rest = j == 0 ? mean : mean - TensorPrimitives.Dot<T>(row[..j], y.Slice(j * n, j));
                if (j < i)
                {
                    row[j] = rest / y[(j * n) + j];
                }
                else if (rest > T.Zero && T.IsFinite(rest))
                {
                    row[i] = T.Sqrt(rest);
                }
                else
                {
                    throw new LinearAlgebraException(string.Create(
                        CultureInfo.InvariantCulture,
                        $"Cholesky: {Place(shape, matrix)} is not positive definite: the leading minor of order {i + 1} has the pivot {double.CreateChecked(rest):G6}. "
                        + $"If it should be, rounding made it so: add to the diagonal, as Cholesky(jitter: 1e-6) does."));
                }
            }
        }
    }
}
