namespace ProbNet.Autodiff;

/// <summary>
/// Windows that slide along an axis: the axis becomes the number of the window, and a last axis holds its elements. The gradient adds up
/// what each element gave to the windows (<see cref="Fold"/>).
/// </summary>
internal sealed class Unfold(int axis, int size, int step) : Op
{
    public override TensorType Infer(Tensor[] inputs)
    {
        Shape shape = inputs[0].Shape;
        return size <= shape[axis]
            ? new(shape.With(axis, ((shape[axis] - size) / step) + 1).Concat([size]), inputs[0].DType)
            : throw new ShapeException($"Unfold1D: a window of {size} does not fit into axis {axis} of shape {shape}, which has {shape[axis]} elements.");
    }

    public override void Evaluate(Tensor[] inputs, Array result)
    {
        Shape shape = inputs[0].Shape;
        Span<int> strides = stackalloc int[shape.Rank + 1], lengths = stackalloc int[shape.Rank + 1];
        Strided.StridesOf(shape, strides[..^1]);
        shape.AsSpan().CopyTo(lengths);
        int along = shape.Rank + axis;
        strides[^1] = strides[along];
        lengths[^1] = size;
        strides[along] *= step;
        lengths[along] = ((shape[axis] - size) / step) + 1;
        Strided.Read(inputs[0].RawData, 0, strides, lengths, result);
    }

    public override Layout? ViewOf(Layout x)
    {
        int along = x.Shape.Rank + axis;
        int[] strides = [.. x.Strides, x.Strides[along]];
        strides[along] *= step;
        return new(x.Shape.With(axis, ((x.Shape[axis] - size) / step) + 1).Concat([size]), x.Offset, strides);
    }

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => new Fold(axis, inputs[0].Shape[axis], step).Apply(dy);

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(inputs);
}
