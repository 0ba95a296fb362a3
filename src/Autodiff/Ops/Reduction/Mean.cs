using System.Numerics.Tensors;

namespace ProbNet.Autodiff;

/// <summary>y = Σ x / n over n elements; NaN over none. ∂y/∂x = 1/n.</summary>
internal sealed class Mean(int[] axes, bool keepDims) : ReduceOp(axes, keepDims)
{
    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) =>
        (Expanded(dy, inputs[0]) / Count(inputs[0].Shape)).BroadcastTo(inputs[0].Shape);

    protected override Array Reduce<T>(T[] x, int outer, int length, int inner) => Of(x, outer, length, inner);

    /// <summary>The means over the middle axis.</summary>
    public static T[] Of<T>(T[] x, int outer, int length, int inner) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        T[] y = Sum.Totals(x, outer, length, inner);
        TensorPrimitives.Divide(y, T.CreateChecked(length), y);
        return y;
    }
}
