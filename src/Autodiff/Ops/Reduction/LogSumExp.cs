using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>
/// y = log Σ eˣ over the last axis, shifted by the maximum. −∞ over no elements and over −∞ alone, with a gradient of zero; +∞ if one is among
/// them, which then takes the gradient. ∂y/∂x = softmax(x).
/// </summary>
internal sealed class LogSumExp : Op
{
    public static readonly LogSumExp Instance = new();

    public override TensorType Infer(Tensor[] inputs) => new(inputs[0].Shape[..^1], RequireFloating(inputs[0]));

    public override Array Evaluate(Tensor[] inputs, TensorType type) => type.DType == DType.Float32
        ? Rows(inputs[0].Data<float>(), type.Shape.Size, inputs[0].Shape[-1])
        : Rows(inputs[0].Data<double>(), type.Shape.Size, inputs[0].Shape[-1]);

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => dy.Unsqueeze(-1) * Softmax.Instance.Apply(inputs[0]);

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(inputs);

    private static T[] Rows<T>(T[] x, int rows, int columns) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] y = GC.AllocateUninitializedArray<T>(rows);
        ReductionLoop.LogSumExpRows<T>(x, y, rows, columns);
        return y;
    }
}
