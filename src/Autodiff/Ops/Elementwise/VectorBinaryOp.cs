using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>A binary operation that runs a SIMD kernel on Float32 and Float64.</summary>
internal abstract class VectorBinaryOp<TKernel> : BinaryOp where TKernel : struct, IBinaryKernel
{
    public override Array Evaluate(Tensor[] inputs, TensorType type) => type.DType == DType.Float32
        ? Evaluate<float>(inputs[0], inputs[1], type.Shape)
        : Evaluate<double>(inputs[0], inputs[1], type.Shape);

    private static T[] Evaluate<T>(Tensor left, Tensor right, Shape shape) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] a = left.Data<T>(), b = right.Data<T>(), y = GC.AllocateUninitializedArray<T>(shape.Size);
        if (y.Length == 0)
        {
            return y;
        }

        if ((a.Length == y.Length || a.Length == 1) && (b.Length == y.Length || b.Length == 1))
        {
            ElementwiseTiles.Binary<TKernel, T>(a, b, y);
            return y;
        }

        var rows = new BroadcastRows(shape, left.Shape, right.Shape);
        for (int row = 0; rows.MoveNext(); row += rows.Length)
        {
            ElementwiseLoop.Binary<TKernel, T>(rows.Of(0, a), rows.Of(1, b), y.AsSpan(row, rows.Length));
        }

        return y;
    }
}
