using System.Numerics;
using System.Numerics.Tensors;

namespace ProbNet.Autodiff;

/// <summary>
/// X with op(A)·X = B, where A is the lower or upper triangle of its input (the other is not read), with ones on the diagonal if asked, and op
/// transposes if asked. dB = op(A)⁻ᵀ dX; dA is the triangle of −dB·Xᵀ, or of its transpose.
/// </summary>
internal sealed class SolveTriangular(bool upper, bool transpose, bool unitDiagonal) : Op, IJointVjp, IMatrixSolver
{
    public override TensorType Infer(Tensor[] inputs) => MatrixBatches.Infer(inputs[0], inputs[1], Name);

    public override void Evaluate(Tensor[] inputs, Array result) => MatrixBatches.Solve(this, inputs[0], inputs[1], result);

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) =>
        Vjp([index == 0, index == 1], inputs, output, dy)[index];

    public Tensor?[] Vjp(bool[] needed, Tensor[] inputs, Tensor output, Tensor dy)
    {
        Tensor db = new SolveTriangular(upper, !transpose, unitDiagonal).Apply(inputs[0], dy);
        if (!needed[0])
        {
            return [null, db];
        }

        Tensor da = transpose ? new MatMul(false, true).Apply(output, db) : new MatMul(false, true).Apply(db, output);
        return [-new Triangle(upper, unitDiagonal ? (upper ? 1 : -1) : 0).Apply(da), needed[1] ? db : null];
    }

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(Vectorization.AlignRanks(inputs, batched));

    public void Solve<T>(ReadOnlySpan<T> a, Span<T> x, int n, int k, Shape shape, int matrix) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; !unitDiagonal && i < n; i++)
        {
            if (a[(i * n) + i] == T.Zero)
            {
                throw new LinearAlgebraException($"SolveTriangular: {SquareMatrixOp.Place(shape, matrix)} is singular: its diagonal is 0 at row {i}.");
            }
        }

        // Without transposition a row of A gives one unknown from those before it; with it, one unknown is taken out of the equations after it.
        bool forward = upper == transpose;
        for (int step = 0; step < n; step++)
        {
            int i = forward ? step : n - 1 - step;
            Range others = upper ? (i + 1)..n : 0..i;
            ReadOnlySpan<T> factors = a.Slice(i * n, n)[others];
            T pivot = unitDiagonal ? T.One : a[(i * n) + i];
            if (k == 1)
            {
                if (transpose)
                {
                    x[i] /= pivot;
                    TensorPrimitives.MultiplyAdd(factors, -x[i], x[others], x[others]);
                }
                else
                {
                    x[i] = (x[i] - (factors.Length == 0 ? T.Zero : TensorPrimitives.Dot(factors, x[others]))) / pivot;
                }

                continue;
            }

            Span<T> row = x.Slice(i * k, k);
            int first = upper ? i + 1 : 0;
            if (!transpose)
            {
                for (int j = 0; j < factors.Length; j++)
                {
                    TensorPrimitives.MultiplyAdd(x.Slice((first + j) * k, k), -factors[j], row, row);
                }
            }

            if (!unitDiagonal)
            {
                TensorPrimitives.Divide(row, pivot, row);
            }

            if (transpose)
            {
                for (int j = 0; j < factors.Length; j++)
                {
                    Span<T> other = x.Slice((first + j) * k, k);
                    TensorPrimitives.MultiplyAdd(row, -factors[j], other, other);
                }
            }
        }
    }
}
