using System.Runtime.CompilerServices;

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

    public override void Evaluate(Tensor[] inputs, Array result)
    {
        (int outer, int length, int inner) = inputs[0].Shape.Around(inputs[0].Rank + axis);
        using var positions = new Scratch<int>(inputs[1].Size);
        Indices.Resolve(inputs[1], length, (Name, axis, inputs[0].Shape), positions.Span);
        switch (Elements.Bytes(result))
        {
            case 1: Copy<byte>(inputs[0].RawData, positions.Span, result, outer, length, inner); break;
            case 4: Copy<int>(inputs[0].RawData, positions.Span, result, outer, length, inner); break;
            default: Copy<long>(inputs[0].RawData, positions.Span, result, outer, length, inner); break;
        }
    }

    public override LoweredOp? ToKernels(IReadOnlyList<TensorType> inputs, TensorType output)
    {
        var kernels = new Lowering(Name, inputs, output);
        Shape x = inputs[0].Shape;
        (int outer, int length, int inner) = x.Around(x.Rank + axis);
        if (output.Shape.Size > 0)
        {
            int positions = Indices.Lower(kernels, 1, length);
            kernels.Call(
                new GatherKernel(Name, output.DType, inputs[1].DType, outer, length, inner, inputs[1].Shape.Size, IsElementwise: false), 0, positions, kernels.Result);
        }

        return kernels.Done();
    }

    public override bool HasValueCheck => true;

    public override void CheckValues(Tensor[] inputs) => Indices.Check(inputs[1], inputs[0].Shape[axis], (Name, axis, inputs[0].Shape));

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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Copy<T>(Array source, ReadOnlySpan<int> positions, Array result, int outer, int length, int inner) where T : unmanaged
    {
        Span<T> x = Elements.Bits<T>(source), y = Elements.Bits<T>(result);
        int to = 0;
        for (int o = 0; o < outer; o++)
        {
            foreach (int position in positions)
            {
                x.Slice(((o * length) + position) * inner, inner).CopyTo(y.Slice(to, inner));
                to += inner;
            }
        }
    }
}
