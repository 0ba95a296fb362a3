using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ProbNet.Autodiff;

/// <summary>
/// Large matrix products (Goto and van de Geijn 2008): blocks of B, then of A, are copied into panels in the order in which
/// <see cref="MatMulTile"/> reads them. A tile of C belongs to one thread, and the depth runs in order, so the bits do not depend on the threads.
/// </summary>
internal static class MatMulPacked
{
    /// <summary>Depth of a block: a panel of A, 12 × 384 floats, fills half of the first-level cache.</summary>
    private const int DepthBlock = 384;

    /// <summary>Columns of B that are packed at a time.</summary>
    private const int ColumnBlock = 4096;

    /// <summary>Columns of one tile of C.</summary>
    private const int TileColumns = 1024;

    /// <summary>C = A·B, or C += A·B, for operands of any strides; the rows of C are contiguous.</summary>
    public static void Run<V, T>(MatrixView<T> a, MatrixView<T> b, MatrixView<T> c, int m, int n, int k, bool accumulate)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool parallel = (long)m * n * k >= MatMulKernel.ParallelFrom;
        int width = 2 * V.Count;
        PackBuffer<T> buffer = PackBuffer<T>.Right.Reserve(Math.Min(DepthBlock, k) * RoundUp(Math.Min(ColumnBlock, n), width));
        for (int j = 0; j < n; j += ColumnBlock)
        {
            int columns = Math.Min(ColumnBlock, n - j);
            for (int p = 0; p < k; p += DepthBlock)
            {
                int depth = Math.Min(DepthBlock, k - p);
                var pack = new PackJob<T>(b.From(p, j).Transposed, buffer, columns, depth, width);
                var multiply = new MultiplyJob<V, T>(a.From(0, p), buffer, c.From(0, j), m, columns, depth, accumulate || p > 0);
                Execute(pack.Tiles, ref pack, parallel);
                Execute(multiply.Tiles, ref multiply, parallel);
            }
        }
    }

    private static void Execute<TJob>(int tiles, ref TJob job, bool parallel)
        where TJob : struct, ITileJob
    {
        if (parallel)
        {
            Workers.Run(tiles, ref job);
            return;
        }

        for (int tile = 0; tile < tiles; tile++)
        {
            job.Execute(tile);
        }
    }

    private static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;

    /// <summary>Copies <paramref name="rows"/> rows of <paramref name="depth"/> elements to [depth, width], zeros in the columns past the rows.</summary>
    internal static void Pack<T>(MatrixView<T> from, ref T to, int rows, int depth, int width)
        where T : unmanaged
    {
        if (rows < width)
        {
            MemoryMarshal.CreateSpan(ref to, depth * width).Clear();
        }

        int i = 0;
        if (from.RowStride == 1)
        {
            for (int p = 0; p < depth; p++)
            {
                MemoryMarshal.CreateSpan(ref from[0, p], rows).CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref to, p * width), rows));
            }

            return;
        }

        if (typeof(T) == typeof(float) && Sse.IsSupported && from.ColumnStride == 1)
        {
            for (; i + 4 <= rows; i += 4)
            {
                Transpose4(
                    ref Unsafe.As<T, float>(ref from[i, 0]), from.RowStride, ref Unsafe.As<T, float>(ref Unsafe.Add(ref to, i)), width, depth);
            }
        }

        for (; i < rows; i++)
        {
            ref T source = ref from[i, 0];
            ref T target = ref Unsafe.Add(ref to, i);
            for (int p = 0; p < depth; p++)
            {
                Unsafe.Add(ref target, (nint)p * width) = Unsafe.Add(ref source, (nint)p * from.ColumnStride);
            }
        }
    }

    /// <summary>Four rows of floats become four columns, sixteen elements at a time.</summary>
    private static void Transpose4(ref float from, nint stride, ref float to, nint width, int depth)
    {
        ref float r1 = ref Unsafe.Add(ref from, stride);
        ref float r2 = ref Unsafe.Add(ref from, 2 * stride);
        ref float r3 = ref Unsafe.Add(ref from, 3 * stride);
        int p = 0;
        for (; p + 4 <= depth; p += 4)
        {
            Vector128<float> x0 = Vector128.LoadUnsafe(ref from, (nuint)p), x1 = Vector128.LoadUnsafe(ref r1, (nuint)p);
            Vector128<float> x2 = Vector128.LoadUnsafe(ref r2, (nuint)p), x3 = Vector128.LoadUnsafe(ref r3, (nuint)p);
            Vector128<float> low01 = Sse.UnpackLow(x0, x1), high01 = Sse.UnpackHigh(x0, x1);
            Vector128<float> low23 = Sse.UnpackLow(x2, x3), high23 = Sse.UnpackHigh(x2, x3);
            Sse.MoveLowToHigh(low01, low23).StoreUnsafe(ref to);
            Sse.MoveHighToLow(low23, low01).StoreUnsafe(ref Unsafe.Add(ref to, width));
            Sse.MoveLowToHigh(high01, high23).StoreUnsafe(ref Unsafe.Add(ref to, 2 * width));
            Sse.MoveHighToLow(high23, high01).StoreUnsafe(ref Unsafe.Add(ref to, 3 * width));
            to = ref Unsafe.Add(ref to, 4 * width);
        }

        for (; p < depth; p++)
        {
            to = Unsafe.Add(ref from, p);
            Unsafe.Add(ref to, 1) = Unsafe.Add(ref r1, p);
            Unsafe.Add(ref to, 2) = Unsafe.Add(ref r2, p);
            Unsafe.Add(ref to, 3) = Unsafe.Add(ref r3, p);
            to = ref Unsafe.Add(ref to, width);
        }
    }

    /// <summary>Copies a block of Bᵀ, whose rows are the columns of B, into panels; a tile is eight of them.</summary>
    private readonly struct PackJob<T>(MatrixView<T> columns, PackBuffer<T> buffer, int count, int depth, int width) : ITileJob
        where T : unmanaged
    {
        private const int PanelsPerTile = 8;

        public int Tiles => (count + (PanelsPerTile * width) - 1) / (PanelsPerTile * width);

        public void Execute(int tile)
        {
            int start = tile * PanelsPerTile * width, end = Math.Min(count, start + (PanelsPerTile * width));
            if (columns.RowStride == 1)
            {
                CopyRows(start, end);
                return;
            }

            for (int j = start; j < end; j += width)
            {
                Pack(columns.From(j, 0), ref Unsafe.Add(ref buffer.Start, j * depth), Math.Min(width, count - j), depth, width);
            }
        }

        /// <summary>All panels of the tile at once, row by row of B: one panel after the other would touch a page for every few elements.</summary>
        private void CopyRows(int start, int end)
        {
            if (end % width != 0)
            {
                MemoryMarshal.CreateSpan(ref Unsafe.Add(ref buffer.Start, end / width * width * depth), width * depth).Clear();
            }

            for (int p = 0; p < depth; p++)
            {
                for (int j = start; j < end; j += width)
                {
                    int length = Math.Min(width, end - j);
                    ref T target = ref Unsafe.Add(ref buffer.Start, (j * depth) + (p * width));
                    MemoryMarshal.CreateSpan(ref columns[j, p], length).CopyTo(MemoryMarshal.CreateSpan(ref target, length));
                }
            }
        }
    }

    private readonly struct MultiplyJob<V, T>(MatrixView<T> a, PackBuffer<T> right, MatrixView<T> c, int m, int n, int depth, bool add) : ITileJob
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private static int Height => MatMulTile.Rows<V>();

        private static int Width => 2 * V.Count;

        /// <summary>Rows of a tile of C: fewer for a smaller product, so that there are tiles enough to share out.</summary>
        private int TileRows => (m >= 1536 ? 8 : 4) * Height;

        private int ColumnTiles => (n + TileColumns - 1) / TileColumns;

        public int Tiles => (m + TileRows - 1) / TileRows * ColumnTiles;

        public void Execute(int tile)
        {
            int row = tile / ColumnTiles * TileRows, rowEnd = Math.Min(row + TileRows, m);
            int column = tile % ColumnTiles * TileColumns, columnEnd = Math.Min(column + TileColumns, n);
            ref T left = ref PackBuffer<T>.Left.Reserve(TileRows * DepthBlock).Start;
            for (int i = row; i < rowEnd; i += Height)
            {
                Pack(a.From(i, 0), ref Unsafe.Add(ref left, (i - row) * depth), Math.Min(Height, rowEnd - i), depth, Height);
            }

            Span<T> edge = stackalloc T[Height * Width];
            for (int j = column; j < columnEnd; j += Width)
            {
                ref T panel = ref Unsafe.Add(ref right.Start, j * depth);
                for (int i = row; i < rowEnd; i += Height)
                {
                    ref T rows = ref Unsafe.Add(ref left, (i - row) * depth);
                    if (i + Height <= m && j + Width <= n)
                    {
                        MatMulTile.Run<V, T>(ref rows, ref panel, depth, ref c[i, j], c.RowStride, add);
                    }
                    else
                    {
                        MatMulTile.Run<V, T>(ref rows, ref panel, depth, ref edge[0], Width, false);
                        CopyEdge(edge, i, j);
                    }
                }
            }
        }

        private void CopyEdge(Span<T> edge, int row, int column)
        {
            int columns = Math.Min(Width, n - column);
            for (int i = 0; i < Math.Min(Height, m - row); i++)
            {
                Span<T> target = MemoryMarshal.CreateSpan(ref c[row + i, column], columns);
                for (int j = 0; j < columns; j++)
                {
                    T value = edge[(i * Width) + j];
                    target[j] = add ? target[j] + value : value;
                }
            }
        }
    }
}
