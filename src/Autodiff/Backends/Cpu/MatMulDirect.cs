using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ProbNet.Autodiff;

/// <summary>
/// Matrix products that do not pay for packing: few rows, or a right operand that the cache holds. The operands are read where they lie;
/// only the columns of B that do not fill a register are copied, with padding.
/// </summary>
internal static class MatMulDirect
{
    /// <summary>How much of the depth runs at a time: 256 rows of B by one strip of columns stay in the second-level cache.</summary>
    private const int DepthBlock = 256;

    /// <summary>C = A·B, or C += A·B; the rows of C are contiguous. A small B whose columns are contiguous is transposed first.</summary>
    public static void Run<V, T>(MatrixView<T> a, MatrixView<T> b, MatrixView<T> c, int m, int n, int k, bool accumulate)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int lanes = n % V.Count;
        MatrixView<T> tail = default;
        if (b.ColumnStride != 1)
        {
            int width = (n + V.Count - 1) / V.Count * V.Count;
            PackBuffer<T> buffer = PackBuffer<T>.Right.Reserve(k * width);
            MatMulPacked.Pack(b.Transposed, ref buffer.Start, n, k, width);
            b = new(buffer.Array, buffer.Offset, width, 1);
            tail = b.From(0, n - lanes);
        }
        else if (lanes != 0)
        {
            PackBuffer<T> buffer = PackBuffer<T>.Tail.Reserve(k * V.Count);
            tail = new(buffer.Array, buffer.Offset, V.Count, 1);
            CopyTail(b.From(0, n - lanes), tail, k, lanes, V.Count);
        }

        var job = new Job<V, T>(a, b, tail, c, m, n, k, accumulate);
        if ((long)m * n * k < MatMulKernel.ParallelFrom)
        {
            job.Rectangle(0, m, 0, n);
        }
        else
        {
            Workers.Run(job.Tiles, ref job);
        }
    }

    /// <summary>
    /// y_i = Σ x_ip·v_p for a matrix with contiguous rows and a contiguous vector, with as many partial sums as a register has lanes.
    /// </summary>
    public static void Dot<V, T>(MatrixView<T> x, MatrixView<T> vector, MatrixView<T> y, int rows, int depth, bool accumulate)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var job = new DotJob<V, T>(x, vector, y, rows, depth, accumulate);
        if ((long)rows * depth < MatMulKernel.ParallelFrom)
        {
            job.Rows(0, rows);
        }
        else
        {
            Workers.Run(job.Tiles, ref job);
        }
    }

    private static void CopyTail<T>(MatrixView<T> from, MatrixView<T> to, int k, int lanes, int width)
        where T : unmanaged
    {
        MemoryMarshal.CreateSpan(ref to[0, 0], k * width).Clear();
        for (int p = 0; p < k; p++)
        {
            ref T source = ref from[p, 0];
            ref T target = ref to[p, 0];
            for (int j = 0; j < lanes; j++)
            {
                Unsafe.Add(ref target, j) = Unsafe.Add(ref source, j);
            }
        }
    }

    private readonly struct Job<V, T>(MatrixView<T> a, MatrixView<T> b, MatrixView<T> tail, MatrixView<T> c, int m, int n, int k, bool accumulate) : ITileJob
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly int _tileRows = Math.Min(m, RoundUp(MatMulKernel.TileWork / Math.Max(1, (long)n * k), 4));
        private readonly int _tileColumns = (long)n * k <= MatMulKernel.TileWork
            ? n
            : Math.Min(
                n,
                RoundUp(
                    MatMulKernel.TileWork / Math.Max(1, (long)Math.Min(m, 4) * k), MatMulStrip.Vectors<V>() * V.Count));

        public int Tiles => RowTiles * ColumnTiles;

        private int RowTiles => (m + _tileRows - 1) / _tileRows;

        private int ColumnTiles => (n + _tileColumns - 1) / _tileColumns;

        public void Execute(int tile)
        {
            int row = tile / ColumnTiles * _tileRows, column = tile % ColumnTiles * _tileColumns;
            Rectangle(row, Math.Min(row + _tileRows, m), column, Math.Min(column + _tileColumns, n));
        }

        public void Rectangle(int row, int rowEnd, int column, int columnEnd)
        {
            for (int p = 0; p < k; p += DepthBlock)
            {
                int depth = Math.Min(DepthBlock, k - p);
                bool add = accumulate || p > 0;
                int j = column;
                while (j < columnEnd)
                {
                    int registers = (columnEnd - j + V.Count - 1) / V.Count;
                    int vectors = registers >= MatMulStrip.Vectors<V>() ? MatMulStrip.Vectors<V>() : registers >= 2 ? 2 : 1;
                    Strip(row, rowEnd, j, vectors, p, depth, add);
                    j += vectors * V.Count;
                }
            }
        }

        private void Strip(int row, int rowEnd, int column, int vectors, int p, int depth, bool add)
        {
            int lastColumn = column + ((vectors - 1) * V.Count);
            int lanes = Math.Min(V.Count, n - lastColumn);
            bool whole = lanes == V.Count;
            MatrixView<T> lastFrom = whole ? b.From(p, lastColumn) : tail.From(p, 0);
            ref T last = ref lastFrom[0, 0];
            ref T first = ref vectors > 1 ? ref b[p, column] : ref last;
            Span<T> part = stackalloc T[8 * V.Count];
            int i = row;
            while (i < rowEnd)
            {
                int rows = vectors == 1 && rowEnd - i >= 8 ? 8 : rowEnd - i >= 4 ? 4 : 1;
                if (!whole && add)
                {
                    CopyPart(part, i, rows, lastColumn, lanes, load: true);
                }

                ref T lastTo = ref whole ? ref c[i, lastColumn] : ref part[0];
                MatMulStrip.Run<V, T>(
                    rows, vectors, ref a[i, p], a.RowStride, a.ColumnStride, ref first, b.RowStride, ref last, lastFrom.RowStride, depth,
                    ref c[i, column], c.RowStride, ref lastTo, whole ? c.RowStride : V.Count, add);
                if (!whole)
                {
                    CopyPart(part, i, rows, lastColumn, lanes, load: false);
                }

                i += rows;
            }
        }

        private void CopyPart(Span<T> part, int row, int rows, int column, int lanes, bool load)
        {
            for (int i = 0; i < rows; i++)
            {
                ref T matrix = ref c[row + i, column];
                for (int j = 0; j < lanes; j++)
                {
                    if (load)
                    {
                        part[(i * V.Count) + j] = Unsafe.Add(ref matrix, j);
                    }
                    else
                    {
                        Unsafe.Add(ref matrix, j) = part[(i * V.Count) + j];
                    }
                }
            }
        }

        private static int RoundUp(long value, int multiple) =>
            (int)Math.Clamp((value + multiple - 1) / multiple * multiple, multiple, int.MaxValue / 2);
    }

    private readonly struct DotJob<V, T>(MatrixView<T> x, MatrixView<T> vector, MatrixView<T> y, int rows, int depth, bool accumulate) : ITileJob
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly int _tileRows = (int)Math.Max(1, MatMulKernel.TileWork / Math.Max(1, depth));

        public int Tiles => (rows + _tileRows - 1) / _tileRows;

        public void Execute(int tile) => Rows(tile * _tileRows, Math.Min((tile + 1) * _tileRows, rows));

        public void Rows(int row, int rowEnd)
        {
            ref T v = ref vector[0, 0];
            int i = row;
            for (; i + 4 <= rowEnd; i += 4)
            {
                Four(ref x[i, 0], ref x[i + 1, 0], ref x[i + 2, 0], ref x[i + 3, 0], ref v, i);
            }

            for (; i < rowEnd; i++)
            {
                ref T r = ref x[i, 0];
                V sum = V.Zero;
                nuint p = 0;
                for (; p + (nuint)V.Count <= (nuint)depth; p += (nuint)V.Count)
                {
                    sum = V.MultiplyAdd(V.Load(in r, p), V.Load(in v, p), sum);
                }

                Put(i, Rest(V.Sum(sum), ref r, ref v, p));
            }
        }

        private void Four(ref T r0, ref T r1, ref T r2, ref T r3, ref T v, int i)
        {
            V s0 = V.Zero, s1 = V.Zero, s2 = V.Zero, s3 = V.Zero;
            nuint p = 0;
            for (; p + (nuint)V.Count <= (nuint)depth; p += (nuint)V.Count)
            {
                V b = V.Load(in v, p);
                s0 = V.MultiplyAdd(V.Load(in r0, p), b, s0);
                s1 = V.MultiplyAdd(V.Load(in r1, p), b, s1);
                s2 = V.MultiplyAdd(V.Load(in r2, p), b, s2);
                s3 = V.MultiplyAdd(V.Load(in r3, p), b, s3);
            }

            Put(i, Rest(V.Sum(s0), ref r0, ref v, p));
            Put(i + 1, Rest(V.Sum(s1), ref r1, ref v, p));
            Put(i + 2, Rest(V.Sum(s2), ref r2, ref v, p));
            Put(i + 3, Rest(V.Sum(s3), ref r3, ref v, p));
        }

        private T Rest(T sum, ref T r, ref T v, nuint p)
        {
            for (; p < (nuint)depth; p++)
            {
                sum = T.FusedMultiplyAdd(Unsafe.Add(ref r, p), Unsafe.Add(ref v, p), sum);
            }

            return sum;
        }

        private void Put(int i, T value) => y[i, 0] = accumulate ? y[i, 0] + value : value;
    }
}
