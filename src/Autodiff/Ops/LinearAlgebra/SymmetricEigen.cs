using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace ProbNet.Autodiff;

/// <summary>
/// The eigenvalues w, ascending, and eigenvectors V (columns) of (A + Aᵀ)/2, packed as [..., 1 + n, n]: first the row w, then V. The component of
/// largest magnitude of a vector is positive. dA = V (diag(dw) + F ∘ VᵀdV) Vᵀ with F_ij = 1/(w_j − w_i), and 0 where two eigenvalues are equal: the
/// vectors of equal eigenvalues are not differentiable, and a function that does not depend on their choice is still right.
/// </summary>
internal sealed class SymmetricEigen : SquareMatrixOp
{
    public static readonly SymmetricEigen Instance = new();

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy)
    {
        (Tensor w, Tensor v) = Unpack(output);
        (Tensor dw, Tensor dv) = Unpack(dy);
        Tensor gaps = w.Unsqueeze(-2) - w.Unsqueeze(-1), equal = gaps.EqualTo(0);
        Tensor f = Tensor.Where(equal, 0, Tensor.Where(equal, 1, gaps).Reciprocal());
        Tensor inner = dw.DiagEmbed() + (f * new MatMul(true, false).Apply(v, dv));
        Tensor da = new MatMul(false, true).Apply(v.MatMul(inner), v);
        return (da + da.Transpose()) * 0.5;
    }

    /// <summary>Eigenvalues [..., n] and eigenvectors [..., n, n] from the packed form.</summary>
    public static (Tensor Values, Tensor Vectors) Unpack(Tensor packed) => (packed[TensorIndex.Ellipsis, 0, ..], packed[TensorIndex.Ellipsis, 1.., ..]);

    protected override Shape ResultShape(Shape shape) => shape.With(-2, shape[-1] + 1);

    protected override void Compute<T>(ReadOnlySpan<T> a, Span<T> y, int n, Shape shape, int matrix)
    {
        double[] values = new double[n * n];
        TensorPrimitives.ConvertTruncating(a, values.AsSpan());
        if (n == 0)
        {
            return;
        }

        if (!TensorPrimitives.IsFiniteAll<double>(values))
        {
            y.Fill(T.NaN);
            return;
        }

        var symmetric = Matrix<double>.Build.Dense(n, n, (i, j) => 0.5 * (values[(i * n) + j] + values[(j * n) + i]));
        Evd<double> eigen = symmetric.Evd(Symmetricity.Symmetric);
        double[] w = [.. eigen.EigenValues.Select(value => value.Real)];
        int[] order = [.. Enumerable.Range(0, n)];
        Array.Sort((double[])w.Clone(), order);
        for (int k = 0; k < n; k++)
        {
            Vector<double> vector = eigen.EigenVectors.Column(order[k]);
            double sign = Math.Sign(vector[vector.AbsoluteMaximumIndex()]);
            y[k] = T.CreateTruncating(w[order[k]]);
            for (int i = 0; i < n; i++)
            {
                y[((i + 1) * n) + k] = T.CreateTruncating(sign * vector[i]);
            }
        }
    }
}
