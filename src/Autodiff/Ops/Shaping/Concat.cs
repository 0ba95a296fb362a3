namespace ProbNet.Autodiff;

/// <summary>Joins tensors along an axis counted from the end. Each gets its slice of the gradient.</summary>
internal sealed class Concat(int axis) : Op, IJointVjp
{
    /// <summary>Along which the tensors are joined, counted from the end: negative.</summary>
    public int Axis => axis;

    public override TensorType Infer(Tensor[] inputs)
    {
        int length = 0;
        foreach (Tensor input in inputs)
        {
            if (input.DType != inputs[0].DType)
            {
                throw new DTypeException($"Concat: the tensors have different types, {inputs[0].DType} and {input.DType}; convert with Cast.");
            }

            if (input.Rank != inputs[0].Rank || input.Shape.With(axis, 0) != inputs[0].Shape.With(axis, 0))
            {
                throw new ShapeException($"Concat: the shapes {inputs[0].Shape} and {input.Shape} differ in more than axis {axis}, along which they are joined.");
            }

            length += input.Shape[axis];
        }

        return new(inputs[0].Shape.With(axis, length), inputs[0].DType);
    }

    public override void Evaluate(Tensor[] inputs, Array result)
    {
        switch (Elements.Bytes(result))
        {
            case 1: Join(inputs, Elements.Bits<byte>(result)); break;
            case 4: Join(inputs, Elements.Bits<int>(result)); break;
            default: Join(inputs, Elements.Bits<long>(result)); break;
        }
    }

    public override LoweredOp? ToKernels(IReadOnlyList<TensorType> inputs, TensorType output)
    {
        var kernels = new Lowering(Name, inputs, output);
        Layout whole = Layout.Of(output.Shape);
        int start = 0;
        for (int i = 0; i < inputs.Count; i++)
        {
            Shape shape = inputs[i].Shape;
            kernels.Copy(i, Layout.Of(shape), kernels.Result, new Layout(shape, start * whole.Strides[^(-axis)], whole.Strides));
            start += shape[axis];
        }

        return kernels.Done();
    }

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy)
    {
        bool[] needed = new bool[inputs.Length];
        needed[index] = true;
        return Vjp(needed, inputs, output, dy)[index];
    }

    // Together, because the start of a slice is the sum of all lengths before it.
    public Tensor?[] Vjp(bool[] needed, Tensor[] inputs, Tensor output, Tensor dy)
    {
        var gradients = new Tensor?[inputs.Length];
        int start = 0;
        for (int i = 0; i < inputs.Length; i++)
        {
            if (needed[i])
            {
                int[] starts = new int[-axis], steps = new int[-axis];
                starts[0] = start;
                Array.Fill(steps, 1);
                gradients[i] = new Slice(starts, inputs[i].Shape[^(-axis)..].ToArray(), steps).Apply(dy);
            }

            start += inputs[i].Shape[axis];
        }

        return gradients;
    }

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) =>
        Apply(Vectorization.Materialize(inputs, batched, size));

    // Of each tensor a run of its last axes goes behind that of the one before.
    private void Join<T>(Tensor[] inputs, Span<T> y) where T : unmanaged
    {
        (int outer, int _, int inner) = inputs[0].Shape.Around(inputs[0].Rank + axis);
        int row = outer == 0 ? 0 : y.Length / outer, start = 0;
        foreach (Tensor input in inputs)
        {
            ReadOnlySpan<T> x = Elements.Bits<T>(input.RawData);
            int length = input.Shape[axis] * inner;
            for (int o = 0; o < outer; o++)
            {
                x.Slice(o * length, length).CopyTo(y[((o * row) + start)..]);
            }

            start += length;
        }
    }
}
