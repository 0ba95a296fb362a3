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

    public override void Evaluate(Tensor[] inputs, Array result)
    {
        Shape shape = inputs[0].Shape;
        Span<int> strides = stackalloc int[shape.Rank], whole = stackalloc int[shape.Rank];
        shape.AsSpan().CopyTo(whole);
        int offset = View(whole, Starts, Steps, strides);
        lengths.CopyTo(whole[^lengths.Length..]);
        Strided.Read(inputs[0].RawData, offset, strides, whole, result);
    }

    public override Layout? ViewOf(Layout x)
    {
        int[] whole = x.Shape.ToArray(), strides = [.. x.Strides];
        int offset = x.Offset;
        for (int i = 1; i <= lengths.Length; i++)
        {
            offset += Starts[^i] * strides[^i];
            strides[^i] *= Steps[^i];
            whole[^i] = lengths[^i];
        }

        return new(whole, offset, strides);
    }

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) =>
        new Embed(inputs[0].Shape[^Starts.Length..].ToArray(), Starts, Steps).Apply(dy);

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(inputs);

    /// <summary>Where a slice of a row-major tensor starts, and its strides.</summary>
    public static int View(ReadOnlySpan<int> shape, int[] starts, int[] steps, Span<int> strides)
    {
        int offset = 0, stride = 1;
        for (int axis = shape.Length - 1, i = starts.Length - 1; axis >= 0; axis--, i--)
        {
            offset += i < 0 ? 0 : starts[i] * stride;
            strides[axis] = i < 0 ? stride : stride * steps[i];
            stride *= shape[axis];
        }

        return offset;
    }
}
