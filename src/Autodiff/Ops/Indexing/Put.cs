using System.Numerics.Tensors;

namespace ProbNet.Autodiff;

/// <summary>
/// Adds slices to zeros along an axis, at the positions of an index: the transpose of <see cref="Take"/>, which is also its gradient.
/// </summary>
/// <param name="axis">The axis of the result, counted from its end.</param>
/// <param name="length">The length of that axis.</param>
internal sealed class Put(int axis, int length) : Op
{
    public override TensorType Infer(Tensor[] inputs)
    {
        (Tensor slices, Tensor index) = (inputs[0], inputs[1]);
        Indices.Require(index, Name);
        RequireFloating(slices);
        int before = slices.Rank - index.Rank + 1 + axis;
        return before >= 0 && slices.Shape[before..(before + index.Rank)] == index.Shape
            ? new(slices.Shape[..before].Concat([length]).Concat(slices.Shape[(before + index.Rank)..]), slices.DType)
            : throw new ShapeException($"{Name}: the slices {slices.Shape} do not have the axes of the index {index.Shape} in the place of axis {axis}.");
    }

    public override void Evaluate(Tensor[] inputs, Array result)
    {
        Tensor index = inputs[1];
        Shape slices = inputs[0].Shape;
        int inner = 1, outer = 1, before = slices.Rank - index.Rank + 1 + axis;
        for (int i = 0; i < slices.Rank; i++)
        {
            outer *= i < before ? slices[i] : 1;
            inner *= i >= before + index.Rank ? slices[i] : 1;
        }

        using var positions = new Scratch<int>(index.Size);
        Indices.Resolve(index, length, (Name, axis, null), positions.Span);
        if (result is float[] y)
        {
            Add(inputs[0].Data<float>(), positions.Span, y, outer, inner);
        }
        else
        {
            Add(inputs[0].Data<double>(), positions.Span, (double[])result, outer, inner);
        }
    }

    public override LoweredOp? ToKernels(IReadOnlyList<TensorType> inputs, TensorType output)
    {
        var kernels = new Lowering(Name, inputs, output);
        (int outer, int _, int inner) = output.Shape.Around(output.Shape.Rank + axis);
        if (output.Shape.Size > 0)
        {
            int zeros = kernels.Temporary(output), positions = Indices.Lower(kernels, 1, length);
            kernels.Fill(zeros, 0);
            kernels.Call(
                new ScatterAddKernel(Name, output.DType, inputs[1].DType, outer, length, inner, inputs[1].Shape.Size, IsElementwise: false),
                zeros, positions, 0, kernels.Result);
        }

        return kernels.Done();
    }

    public override bool HasValueCheck => true;

    public override void CheckValues(Tensor[] inputs) => Indices.Check(inputs[1], length, (Name, axis, null));

    public override Tensor? Vjp(int index, Tensor[] inputs, Tensor output, Tensor dy) => index == 0 ? new Take(axis).Apply(dy, inputs[1]) : null;

    public override Tensor Batch(Tensor[] inputs, bool[] batched, int size)
    {
        (Tensor slices, Tensor index) = (inputs[0], inputs[1]);
        if (!batched[1])
        {
            return Apply(slices, index);
        }

        // Each example adds to a tensor of its own: the index is spread over the other axes and scattered.
        slices = batched[0] ? slices : slices.BroadcastTo(Shape.Create([size]).Concat(slices.Shape));
        int count = index.Size / size, axes = index.Rank - 1, before = slices.Rank - axes + 1 + axis;
        Shape result = slices.Shape[..before].Concat([length]).Concat(slices.Shape[(before + axes)..]);
        Tensor flat = slices.Reshape(result.With(axis, count));
        int[] spread = [size, .. Enumerable.Repeat(1, before - 1), count, .. Enumerable.Repeat(1, -axis - 1)];
        return new ScatterAdd(axis).Apply(Tensor.Zeros(result, slices.DType), index.Reshape((Shape)spread).BroadcastTo(flat.Shape), flat);
    }

    private void Add<T>(T[] x, ReadOnlySpan<int> positions, T[] y, int outer, int inner) where T : unmanaged, System.Numerics.INumberBase<T>
    {
        y.AsSpan().Clear();
        int from = 0;
        for (int o = 0; o < outer; o++)
        {
            foreach (int position in positions)
            {
                Span<T> sum = y.AsSpan(((o * length) + position) * inner, inner);
                TensorPrimitives.Add<T>(sum, x.AsSpan(from, inner), sum);
                from += inner;
            }
        }
    }
}
