using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>A binary operation on floating-point and integer tensors alike.</summary>
internal abstract class ArithmeticOp<TKernel> : VectorBinaryOp<TKernel> where TKernel : struct, IBinaryKernel, IIntegerBinaryKernel
{
    public override TensorType Infer(Tensor[] inputs)
    {
        if (!inputs[0].DType.IsInteger())
        {
            return base.Infer(inputs);
        }

        RequireSameType(inputs);
        return new(Shape.Broadcast(inputs[0].Shape, inputs[1].Shape, Name), inputs[0].DType);
    }

    public override Array Evaluate(Tensor[] inputs, TensorType type) => type.DType switch
    {
        DType.Int32 => Map<int>(inputs[0], inputs[1], type.Shape),
        DType.Int64 => Map<long>(inputs[0], inputs[1], type.Shape),
        _ => base.Evaluate(inputs, type),
    };

    private static T[] Map<T>(Tensor left, Tensor right, Shape shape) where T : unmanaged, IBinaryInteger<T>
    {
        T[] a = left.Data<T>(), b = right.Data<T>();
        var y = new T[shape.Size];
        var rows = new BroadcastRows(shape, left.Shape, right.Shape);
        for (int row = 0; rows.MoveNext(); row += rows.Length)
        {
            int stepA = rows.LengthOf(0) == 1 ? 0 : 1, stepB = rows.LengthOf(1) == 1 ? 0 : 1;
            for (int i = 0; i < rows.Length; i++)
            {
                y[row + i] = TKernel.Apply(a[rows.Offset(0) + (i * stepA)], b[rows.Offset(1) + (i * stepB)]);
            }
        }

        return y;
    }
}
