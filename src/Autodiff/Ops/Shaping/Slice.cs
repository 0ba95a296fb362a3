namespace ProbNet.Autodiff;

/// <summary>
/// Every step-th element from a start, along each of the last axes; a negative step walks backwards. The gradient is embedded in zeros.
/// </summary>
internal sealed class Slice(int[] starts, int[] lengths, int[] steps) : Op
{
    /// <summary>The first element along each of the last axes.</summary>
    public int[] Starts { get; } = starts;

    /// <summary>The step along each of the last axes.</summary>
    public int[] Steps { get; } = steps;

    public override TensorType Infer(Tensor[] inputs)
    {
        Shape shape = inputs[0].Shape;
        int[] result = shape.ToArray();
        for (int i = 0; i < Starts.Length; i++)
        {
            int axis = result.Length - Starts.Length + i;
            int last = Starts[i] + ((lengths[i] - 1) * Steps[i]);
            if (lengths[i] > 0 && (Starts[i] < 0 || Starts[i] >= shape[axis] || last < 0 || last >= shape[axis]))
            {
                throw new ShapeException($"Slice: elements {Starts[i]} to {last} of axis {axis} do not all exist in shape {shape}.");
            }

            result[axis] = lengths[i];
        }

        return new(result, inputs[0].DType);
    }

    public override Array Evaluate(Tensor[] inputs, TensorType type)
    {
        (int offset, int[] strides) = View(inputs[0].Shape, Starts, Steps);
        return Strided.Read(inputs[0].RawData, type.Shape.Size == 0 ? 0 : offset, strides, type.Shape);
    }

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) =>
        new Embed(inputs[0].Shape[^Starts.Length..].ToArray(), Starts, Steps).Apply(dy);

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(inputs);

    /// <summary>Where a slice of a row-major tensor starts, and its strides.</summary>
    public static (int Offset, int[] Strides) View(Shape shape, int[] starts, int[] steps)
    {
        int[] strides = Strided.StridesOf(shape);
        int offset = 0;
        for (int i = 0; i < starts.Length; i++)
        {
            int axis = strides.Length - starts.Length + i;
            offset += starts[i] * strides[axis];
            strides[axis] *= steps[i];
        }

        return (offset, strides);
    }
}
