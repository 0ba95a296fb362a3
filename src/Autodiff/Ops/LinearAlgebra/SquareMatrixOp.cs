using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>An operation on each square matrix of [..., n, n].</summary>
internal abstract class SquareMatrixOp : Op
{
    public override TensorType Infer(Tensor[] inputs)
    {
        RequireSquare(inputs[0], Name);
        return new(ResultShape(inputs[0].Shape), inputs[0].DType);
    }

    public override void Evaluate(Tensor[] inputs, Array result)
    {
        if (result is float[] y)
        {
            Run(inputs[0], y);
        }
        else
        {
            Run(inputs[0], (double[])result);
        }
    }

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(inputs);

    /// <summary>Refuses what is not a batch of square matrices of a floating-point type.</summary>
    public static void RequireSquare(Tensor a, string op)
    {
        if (!a.DType.IsFloating())
        {
            throw new DTypeException($"{op}: the matrix is {a.DType} {a.Shape}; a floating-point type is needed: use Cast(DType.Float64).");
        }

        if (a.Rank < 2 || a.Shape[-1] != a.Shape[-2])
        {
            throw new ShapeException($"{op}: the matrix has shape {a.Shape}; square matrices [..., n, n] are needed.");
        }
    }

    /// <summary>"the matrix", or which one of a batch.</summary>
    public static string Place(Shape shape, int matrix)
    {
        int[] place = new int[shape.Rank - 2];
        for (int i = place.Length - 1; i >= 0; i--)
        {
            place[i] = matrix % shape[i];
            matrix /= shape[i];
        }

        return place.Length == 0 ? $"the matrix {shape}" : $"matrix [{string.Join(", ", place)}] of {shape}";
    }

    /// <summary>The result's shape: by default a matrix each.</summary>
    protected virtual Shape ResultShape(Shape shape) => shape;

    /// <summary>The result of one matrix.</summary>
    /// <param name="a">The matrix, row-major.</param>
    /// <param name="y">Where the result goes.</param>
    /// <param name="n">Its rows.</param>
    /// <param name="shape">The shape of all.</param>
    /// <param name="matrix">Which of them, for errors.</param>
    protected abstract void Compute<T>(ReadOnlySpan<T> a, Span<T> y, int n, Shape shape, int matrix) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    private void Run<T>(Tensor input, T[] y) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] a = input.Data<T>();
        int n = input.Shape[-1], count = 1;
        for (int axis = input.Rank - 3; axis >= 0; axis--)
        {
            count *= input.Shape[axis];
        }

        int each = count == 0 ? 0 : y.Length / count;
        for (int i = 0; i < count; i++)
        {
            Compute(a.AsSpan(i * n * n, n * n), y.AsSpan(i * each, each), n, input.Shape, i);
        }
    }
}
