using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>Runs a solver over batches of matrices A [..., n, n] and right sides B [..., n, k] that broadcast against each other.</summary>
internal static class MatrixBatches
{
    /// <summary>The type of the solution; throws when the operands do not fit.</summary>
    public static TensorType Infer(Tensor a, Tensor b, string op)
    {
        SquareMatrixOp.RequireSquare(a, op);
        if (a.DType != b.DType)
        {
            throw new DTypeException($"{op}: the operands have different types, {a.DType} {a.Shape} and {b.DType} {b.Shape}; convert one with Cast.");
        }

        return b.Rank >= 2 && b.Shape[-2] == a.Shape[-1]
            ? new(Shape.Broadcast(a.Shape[..^2], b.Shape[..^2], op).Concat(b.Shape[^2..]), a.DType)
            : throw new ShapeException($"{op}: the matrix {a.Shape} has {a.Shape[-1]} rows; the right side {b.Shape} needs as many, in its last axis but one.");
    }

    /// <summary>Solves for each pair of the batch, in a copy of the right side.</summary>
    public static void Solve<TSolver>(TSolver solver, Tensor a, Tensor b, Array result)
        where TSolver : IMatrixSolver
    {
        if (result is float[] x)
        {
            Solve(solver, a, b, x);
        }
        else
        {
            Solve(solver, a, b, (double[])result);
        }
    }

    private static void Solve<TSolver, T>(TSolver solver, Tensor left, Tensor right, T[] x)
        where TSolver : IMatrixSolver
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] a = left.Data<T>(), b = right.Data<T>();
        int n = right.Shape[-2], k = right.Shape[-1];
        var batches = new BroadcastRows(stackalloc int[BroadcastRows.ScratchLength(left.Shape, right.Shape)], 2, left.Shape, right.Shape);
        for (int batch = 0; batches.MoveNext(); batch += batches.Length)
        {
            int stepA = batches.IsConstant(0) ? 0 : 1, stepB = batches.IsConstant(1) ? 0 : 1;
            for (int i = 0; i < batches.Length; i++)
            {
                int matrix = batches.Offset(0) + (i * stepA);
                Span<T> part = x.AsSpan((batch + i) * n * k, n * k);
                b.AsSpan((batches.Offset(1) + (i * stepB)) * n * k, n * k).CopyTo(part);
                solver.Solve(a.AsSpan(matrix * n * n, n * n), part, n, k, left.Shape, matrix);
            }
        }
    }
}
