using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>Adds overlapping windows back to an axis: the transpose of <see cref="Unfold"/>, which is also its gradient.</summary>
/// <param name="axis">The axis of the result, counted from its end.</param>
/// <param name="length">The length of that axis.</param>
/// <param name="step">From one window to the next.</param>
internal sealed class Fold(int axis, int length, int step) : Op
{
    public override TensorType Infer(Tensor[] inputs) => new(inputs[0].Shape[..^1].With(axis, length), RequireFloating(inputs[0]));

    public override void Evaluate(Tensor[] inputs, Array result)
    {
        (int outer, int windows, int inner) = AroundWindows(inputs[0].Shape);
        if (result is float[] y)
        {
            Add(inputs[0].Data<float>(), y, outer, windows, inner, inputs[0].Shape[-1]);
        }
        else
        {
            Add(inputs[0].Data<double>(), (double[])result, outer, windows, inner, inputs[0].Shape[-1]);
        }
    }

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => new Unfold(axis, inputs[0].Shape[-1], step).Apply(dy);

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(inputs);

    /// <summary>The product of the lengths before the axis of windows, their number, and the product of those after it without the windows' own.</summary>
    private (int Outer, int Windows, int Inner) AroundWindows(Shape shape)
    {
        (int outer, int windows, int inner) = shape.Around(shape.Rank - 1 + axis);
        return (outer, windows, shape[-1] == 0 ? 0 : inner / shape[-1]);
    }

    private void Add<T>(T[] x, T[] y, int outer, int windows, int inner, int size) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        y.AsSpan().Clear();
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
    }
}
