namespace ProbNet.Autodiff;

/// <summary>
/// y[…, i, …] = x[…, index[…, i, …], …] along an axis, with an index of as many axes. The gradient is added up where it was gathered.
/// </summary>
internal sealed class Gather(int axis) : LookupOp
{
    public override TensorType Infer(Tensor[] inputs)
    {
        Indices.RequireFits(inputs[1], inputs[0].Shape, axis, Name);
        return new(inputs[1].Shape, inputs[0].DType);
    }

    public override unsafe void Evaluate(byte* table, Tensor[] inputs, Array result)
    {
        using var offsets = new Scratch<int>(inputs[1].Size);
        Indices.Offsets(inputs[1], inputs[0].Shape, axis, Name, offsets.Span);
        switch (Elements.Bytes(result))
        {
            case 1: Pick<byte>(table, offsets.Span, result); break;
            case 4: Pick<int>(table, offsets.Span, result); break;
            default: Pick<long>(table, offsets.Span, result); break;
        }
    }

    public override LoweredOp? ToKernels(IReadOnlyList<TensorType> inputs, TensorType output)
    {
        var kernels = new Lowering(Name, inputs, output);
        Shape shape = inputs[0].Shape, part = output.Shape.With(axis, shape[axis]);
        (int outer, int length, int inner) = part.Around(part.Rank + axis);
        if (output.Shape.Size > 0)
        {
            int from = 0;
            if (part != shape)
            {
                from = kernels.Temporary(new(part, output.DType));
                kernels.Copy(0, Layout.Of(shape) with { Shape = part }, from, Layout.Of(part));
            }

            int positions = Indices.Lower(kernels, 1, length);
            kernels.Call(
                new GatherKernel(Name, output.DType, inputs[1].DType, outer, length, inner, output.Shape[axis], IsElementwise: true), from, positions, kernels.Result);
        }

        return kernels.Done();
    }

    public override bool HasValueCheck => true;

    public override void CheckValues(Tensor[] inputs) => Indices.Check(inputs[1], inputs[0].Shape[axis], (Name, axis, inputs[0].Shape));

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) =>
        index == 0 ? new ScatterAdd(axis).Apply(Tensor.ZerosLike(inputs[0]), inputs[1], dy) : null;

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size) => Apply(Vectorization.Materialize(inputs, batched, size));

    private static unsafe void Pick<T>(byte* table, ReadOnlySpan<int> offsets, Array result) where T : unmanaged
    {
        var x = (T*)table;
        Span<T> y = Elements.Bits<T>(result);
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = x[offsets[i]];
        }
    }
}
