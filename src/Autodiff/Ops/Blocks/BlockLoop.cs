using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ProbNet.Autodiff;

/// <summary>
/// Runs the kernel of an elementwise operation over whole arrays: in tiles that the workers share where the operands are whole or one element,
/// else row by row. An element's bits depend neither on its tile nor on its row.
/// </summary>
internal static unsafe class BlockLoop
{
    /// <summary>The operation of up to three operands, broadcast against each other.</summary>
    public static void Run(Op op, Tensor[] inputs, Array result)
    {
        if (result.Length == 0)
        {
            return;
        }

        Span<DType> types = stackalloc DType[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            types[i] = inputs[i].DType;
        }

        BlockKernel kernel = op.Block(types)!;
        Tensor first = inputs[0], second = inputs[inputs.Length > 1 ? 1 : 0], third = inputs[^1];
        int bytes = Elements.Bytes(result);
        fixed (byte* a = &DataOf(first), b = &DataOf(second), c = &DataOf(third), y = &MemoryMarshal.GetArrayDataReference(result))
        {
            var job = new Job(kernel, new(a, first), new(b, second), new(c, third), y, bytes, result.Length);
            if (!job.IsWhole)
            {
                job.RunRows(first.Shape, second.Shape, third.Shape);
            }
            else if (result.Length < 4 * kernel.Tile)
            {
                job.Run(0, result.Length);
            }
            else
            {
                Workers.Run((int)(((long)result.Length + kernel.Tile - 1) / kernel.Tile), ref job);
            }
        }
    }

    private static ref byte DataOf(Tensor tensor) => ref MemoryMarshal.GetArrayDataReference(tensor.RawData);

    private readonly struct Operand(byte* data, Tensor tensor)
    {
        private readonly nint _bytes = tensor.DType.ByteSize();
        private readonly int _size = tensor.Size;

        /// <summary>Whether the operand has one element, or as many as the result.</summary>
        public bool Fits(int length) => _size == length || _size == 1;

        public bool IsConstant(int length) => _size == 1 && length > 1;

        public byte* At(nint element) => data + (element * _bytes);

        public byte* Part(int start, int length) => _size == length ? At(start) : data;
    }

    private readonly struct Job(BlockKernel kernel, Operand a, Operand b, Operand c, byte* y, nint bytes, int length) : ITileJob
    {
        public bool IsWhole => a.Fits(length) && b.Fits(length) && c.Fits(length);

        public void Execute(int tile)
        {
            int start = tile * kernel.Tile;
            Run(start, Math.Min(kernel.Tile, length - start));
        }

        public void Run(int start, int count)
        {
            int constant = (a.IsConstant(length) ? 1 : 0) | (b.IsConstant(length) ? 2 : 0) | (c.IsConstant(length) ? 4 : 0);
            kernel.Run(a.Part(start, length), b.Part(start, length), c.Part(start, length), y + (start * bytes), count, constant);
        }

        public void RunRows(Shape shapeA, Shape shapeB, Shape shapeC)
        {
            var rows = new BroadcastRows(stackalloc int[BroadcastRows.ScratchLength(shapeA, shapeB, shapeC)], 0, shapeA, shapeB, shapeC);
            int constant = (rows.IsConstant(0) ? 1 : 0) | (rows.IsConstant(1) ? 2 : 0) | (rows.IsConstant(2) ? 4 : 0);
            for (int row = 0; rows.MoveNext(); row += rows.Length)
            {
                kernel.Run(a.At(rows.Offset(0)), b.At(rows.Offset(1)), c.At(rows.Offset(2)), y + (row * bytes), rows.Length, constant);
            }
        }
    }
}
