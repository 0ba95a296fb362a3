using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>Adds overlapping windows back to an axis: the transpose of <see cref="Unfold"/>, which is also its gradient.</summary>
/// <param name="axis">The axis of the result, counted from its end.</param>
/// <param name="length">The length of that axis.</param>
/// <param name="step">From one window to the next.</param>
internal sealed class Fold(int axis, int length, int step) : Op
{
    public override TensorType Infer(Tensor[] inputs) => new(inputs[0].Shape[..^1].With(axis, length), RequireFloating(inputs[0]));

    public override Array Evaluate(Tensor[] inputs, TensorType type)
    {
        (int outer, int windows, int inner) = inputs[0].Shape[..^1].Around(type.Shape.Rank + axis);
        return type.DType == DType.Float32
            ? Add(inputs[0].Data<float>(), outer, windows, inner, inputs[0].Shape[-1])
            : Add(inputs[0].Data<double>(), outer, windows, inner, inputs[0].Shape[-1]);
    }

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => new Unfold(axis, inputs[0].Shape[-1], step).Apply(dy);

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(inputs);

    private T[] Add<T>(T[] x, int outer, int windows, int inner, int size) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var y = new T[outer * length * inner];
        int from = 0;
        for (int o = 0; o < outer; o++)
        {
            for (int w = 0; w < windows; w++)
            {
                for (int i = 0; i < inner; i++)
                {
                    int to = (((o * length) + (w * step)) * inner) + i;
                    for (int k = 0; k < size; k++, to += inner)
                    {
                        y[to] += x[from++];
                    }
                }
            }
        }

        return y;
    }
}
