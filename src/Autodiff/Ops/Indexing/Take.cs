namespace ProbNet.Autodiff;

/// <summary>
/// Slices of x along an axis, at the positions of an index of any shape, whose axes take the place of that axis. The gradient is added up where
/// it was taken (<see cref="Put"/>).
/// </summary>
internal sealed class Take(int axis) : Op
{
    public override TensorType Infer(Tensor[] inputs)
    {
        Indices.Require(inputs[1], Name);
        Shape x = inputs[0].Shape;
        return new(x[..^(-axis)].Concat(inputs[1].Shape).Concat(x[^(-axis - 1)..]), inputs[0].DType);
    }

    public override Array Evaluate(Tensor[] inputs, TensorType type)
    {
        (int outer, int length, int inner) = inputs[0].Shape.Around(inputs[0].Rank + axis);
        int[] positions = Indices.Resolve(inputs[1], inputs[0].Shape, axis, Name);
        return inputs[0].RawData switch
        {
            float[] x => Copy(x, positions, outer, length, inner),
            double[] x => Copy(x, positions, outer, length, inner),
            int[] x => Copy(x, positions, outer, length, inner),
            long[] x => Copy(x, positions, outer, length, inner),
            var x => Copy((bool[])x, positions, outer, length, inner),
        };
    }

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) =>
        index == 0 ? new Put(axis, inputs[0].Shape[axis]).Apply(dy, inputs[1]) : null;

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size)
    {
        (Tensor x, Tensor index) = (inputs[0], inputs[1]);
        if (!batched[1])
        {
            return Apply(x, index);
        }

        if (!batched[0])
        {
            return Apply(x, index).MoveAxis(x.Rank + axis, 0);
        }

        // Each example takes from its own tensor: the index is spread over the other axes and gathered.
        int at = x.Rank + axis;
        int[] spread = [size, .. Enumerable.Repeat(1, at - 1), index.Size / size, .. Enumerable.Repeat(1, -axis - 1)];
        Tensor everywhere = index.Reshape((Shape)spread).BroadcastTo(x.Shape.With(axis, index.Size / size));
        return new Gather(axis).Apply(x, everywhere).Reshape(x.Shape[..at].Concat(index.Shape[1..]).Concat(x.Shape[(at + 1)..]));
    }

    private static T[] Copy<T>(T[] x, int[] positions, int outer, int length, int inner)
    {
        T[] y = GC.AllocateUninitializedArray<T>(outer * positions.Length * inner);
        int to = 0;
        for (int o = 0; o < outer; o++)
        {
            foreach (int position in positions)
            {
                x.AsSpan(((o * length) + position) * inner, inner).CopyTo(y.AsSpan(to, inner));
                to += inner;
            }
        }

        return y;
    }
}
