using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>
/// Slices of x along an axis, at the positions of an index of any shape, whose axes take the place of that axis. The gradient is added up where
/// it was taken (<see cref="Put"/>).
/// </summary>
internal sealed class Take(int axis) : LookupOp
{
    /// <summary>Bytes of a tile: as many as it takes some microseconds to fetch from memory.</summary>
    private const int TileBytes = 1 << 15;

    public override TensorType Infer(Tensor[] inputs)
    {
        Indices.Require(inputs[1], Name);
        Shape x = inputs[0].Shape;
        return new(x[..^(-axis)].Concat(inputs[1].Shape).Concat(x[^(-axis - 1)..]), inputs[0].DType);
    }

    public override bool SharesThreads => true;

    public override unsafe void Evaluate(byte* table, Tensor[] inputs, Array result)
    {
        (int outer, int length, int inner) = inputs[0].Shape.Around(inputs[0].Rank + axis);
        using var positions = new Scratch<int>(inputs[1].Size);
        Indices.Resolve(inputs[1], length, (Name, axis, inputs[0].Shape), positions.Span);
        switch (Elements.Bytes(result))
        {
            case 1: Copy<byte>(table, positions.Span, result, outer, length, inner); break;
            case 4: Copy<int>(table, positions.Span, result, outer, length, inner); break;
            default: Copy<long>(table, positions.Span, result, outer, length, inner); break;
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

    private static unsafe void Copy<T>(byte* table, ReadOnlySpan<int> positions, Array result, int outer, int length, int inner) where T : unmanaged
    {
        fixed (T* y = Elements.Bits<T>(result))
        fixed (int* first = positions)
        {
            var job = new CopyJob<T>((T*)table, y, first, positions.Length, outer, length, inner, Math.Max(1, TileBytes / Math.Max(1, inner * sizeof(T))));
            Workers.Run(job.Tiles, ref job);
        }
    }

    /// <summary>Copies slices, some a tile.</summary>
    private readonly unsafe struct CopyJob<T>(T* x, T* y, int* positions, int count, int outer, int length, int inner, int each) : ITileJob
        where T : unmanaged
    {
        public int Tiles => inner == 0 ? 0 : (int)((((long)outer * count) + each - 1) / each);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Execute(int tile)
        {
            int slice = tile * each, end = (int)Math.Min((long)slice + each, outer * count);
            (int o, int i) = Math.DivRem(slice, count);
            for (; slice < end; slice++)
            {
                T* from = x + ((((nint)o * length) + positions[i]) * inner);
                new ReadOnlySpan<T>(from, inner).CopyTo(new Span<T>(y + ((nint)slice * inner), inner));
                if (++i == count)
                {
                    (o, i) = (o + 1, 0);
                }
            }
        }
    }
}
