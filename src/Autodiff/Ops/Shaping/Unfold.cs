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

    public override Array Evaluate(Tensor[] inputs, TensorType type)
    {
        int[] own = Strided.StridesOf(inputs[0].Shape);
        int along = own[^(-axis)];
        int[] strides = [.. own, along];
        strides[own.Length + axis] *= step;
        return Strided.Read(inputs[0].RawData, 0, strides, type.Shape);
    }

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => new Fold(axis, inputs[0].Shape[axis], step).Apply(dy);

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(inputs);
}
