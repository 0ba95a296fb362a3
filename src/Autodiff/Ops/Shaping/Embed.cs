namespace ProbNet.Autodiff;

/// <summary>
/// Places a tensor in a larger one filled with a constant: the inverse of <see cref="Slice"/>, and padding. The gradient is the slice.
/// </summary>
internal sealed class Embed(int[] lengths, int[] starts, int[] steps, double fill = 0) : Op
{
    /// <summary>Where the first element goes along each of the last axes.</summary>
    public int[] Starts { get; } = starts;

    /// <summary>The step along each of the last axes.</summary>
    public int[] Steps { get; } = steps;

    /// <summary>What stands between and around.</summary>
    public double Background { get; } = fill;

    public override TensorType Infer(Tensor[] inputs)
    {
        int[] result = inputs[0].Shape.ToArray();
        lengths.CopyTo(result, result.Length - lengths.Length);
        return new(result, inputs[0].DType);
    }

    public override void Evaluate(Tensor[] inputs, Array result)
    {
        Tensor.Fill(result, Background);
        Shape shape = inputs[0].Shape;
        Span<int> whole = stackalloc int[shape.Rank], strides = stackalloc int[shape.Rank];
        shape.AsSpan().CopyTo(whole);
        lengths.CopyTo(whole[^lengths.Length..]);
        int offset = Slice.View(whole, Starts, Steps, strides);
        Strided.Write(result, offset, strides, shape.AsSpan(), inputs[0].RawData);
    }

    public override LoweredOp? ToKernels(IReadOnlyList<TensorType> inputs, TensorType output)
    {
        var kernels = new Lowering(Name, inputs, output);
        Shape shape = inputs[0].Shape;
        if (shape.Size < output.Shape.Size)
        {
            kernels.Fill(kernels.Result, Background);
        }

        int[] strides = new int[shape.Rank];
        int offset = Slice.View(output.Shape.AsSpan(), Starts, Steps, strides);
        kernels.Copy(0, Layout.Of(shape), kernels.Result, new Layout(shape, offset, strides));
        return kernels.Done();
    }

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) =>
        new Slice(Starts, inputs[0].Shape[^Starts.Length..].ToArray(), Steps).Apply(dy);

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(inputs);
}
