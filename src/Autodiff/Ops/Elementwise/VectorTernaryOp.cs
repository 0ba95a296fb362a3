using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>A ternary operation that runs a SIMD kernel on Float32 and Float64.</summary>
internal abstract class VectorTernaryOp<TKernel> : TernaryOp where TKernel : struct, ITernaryKernel
{
    public override Array Evaluate(Tensor[] inputs, TensorType type) => type.DType == DType.Float32
        ? Evaluate<float>(inputs, type.Shape)
        : Evaluate<double>(inputs, type.Shape);

    private static T[] Evaluate<T>(Tensor[] inputs, Shape shape) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] a = inputs[0].Data<T>(), b = inputs[1].Data<T>(), c = inputs[2].Data<T>();
        T[] y = GC.AllocateUninitializedArray<T>(shape.Size);
        if (y.Length == 0)
        {
            return y;
        }

        if ((a.Length == y.Length || a.Length == 1) && (b.Length == y.Length || b.Length == 1) && (c.Length == y.Length || c.Length == 1))
        {
            ElementwiseLoop.Ternary<TKernel, T>(a, b, c, y);
            return y;
        }

        var rows = new BroadcastRows(shape, inputs[0].Shape, inputs[1].Shape, inputs[2].Shape);
        for (int row = 0; rows.MoveNext(); row += rows.Length)
        {
            ElementwiseLoop.Ternary<TKernel, T>(rows.Of(0, a), rows.Of(1, b), rows.Of(2, c), y.AsSpan(row, rows.Length));
        }

        return y;
    }
}
