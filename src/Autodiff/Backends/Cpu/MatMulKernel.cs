using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>
/// C = op(A)·op(B), row-major, where op may transpose: op(A) is [m, k], op(B) is [k, n]. How a product runs depends on its shape alone;
/// each element of C is summed in the order of the depth by one thread, so the bits are the same for any number of threads.
/// </summary>
internal static class MatMulKernel
{
    /// <summary>Multiply-adds from which a product is shared among threads: below, it ends before a helper has woken.</summary>
    internal const long ParallelFrom = 1 << 20;

    /// <summary>Multiply-adds of a tile of a product that is not packed.</summary>
    internal const long TileWork = 1 << 18;

    /// <summary>Elements of B up to which it is read from the cache where it lies, however many rows there are.</summary>
    private const int CachedElements = 1 << 14;

    /// <summary>Rows from which packing B pays.</summary>
    private const int RowsThatPayPacking = 24;

    /// <summary>One product; with <paramref name="accumulate"/>, C += op(A)·op(B).</summary>
    public static void Run<T>(
        bool transposeA, bool transposeB, int m, int n, int k,
        T[] a, int aOffset, T[] b, int bOffset, T[] c, int cOffset, bool accumulate = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Simd.Use512)
        {
            Run<Lanes512<T>, T>(transposeA, transposeB, m, n, k, a, aOffset, b, bOffset, c, cOffset, accumulate);
        }
        else if (Simd.Use256)
        {
            Run<Lanes256<T>, T>(transposeA, transposeB, m, n, k, a, aOffset, b, bOffset, c, cOffset, accumulate);
        }
        else
        {
            Run<Lanes128<T>, T>(transposeA, transposeB, m, n, k, a, aOffset, b, bOffset, c, cOffset, accumulate);
        }
    }

    /// <summary>
    /// As <see cref="Run{T}"/>, over <paramref name="batch"/> products whose operands stand a stride apart; a stride of 0 shares an operand.
    /// </summary>
    public static void RunBatched<T>(
        bool transposeA, bool transposeB, int m, int n, int k,
        T[] a, int aOffset, T[] b, int bOffset, T[] c, int cOffset,
        int batch, long aStride, long bStride, long cStride, bool accumulate = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (batch > 1 && bStride == 0 && !transposeA && aStride == (long)m * k && cStride == (long)m * n
            && (long)batch * m <= int.MaxValue)
        {
            Run(false, transposeB, batch * m, n, k, a, aOffset, b, bOffset, c, cOffset, accumulate);
            return;
        }

        var job = new BatchJob<T>(
            transposeA, transposeB, m, n, k, a, aOffset, b, bOffset, c, cOffset, batch, aStride, bStride, cStride, accumulate);
        if ((long)m * n * k * batch < ParallelFrom || (long)m * n * k >= 4 * ParallelFrom)
        {
            job.Products(0, batch);
        }
        else
        {
            Workers.Run(job.Tiles, ref job);
        }
    }

    /// <summary>The same for integers, with their wrap-around.</summary>
    public static void RunInteger<T>(
        bool transposeA, bool transposeB, int m, int n, int k,
        T[] a, int aOffset, T[] b, int bOffset, T[] c, int cOffset, bool accumulate = false)
        where T : unmanaged, IBinaryInteger<T>
    {
        MatrixView<T> left = Left(transposeA, m, k, a, aOffset), right = Right(transposeB, n, k, b, bOffset);
        CheckExtents(m, n, k, a, aOffset, b, bOffset, c, cOffset);
        for (int i = 0; i < m; i++)
        {
            Span<T> row = c.AsSpan(cOffset + (i * n), n);
            if (!accumulate)
            {
                row.Clear();
            }

            for (int p = 0; p < k; p++)
            {
                T scale = left[i, p];
                for (int j = 0; j < row.Length; j++)
                {
                    row[j] += scale * right[p, j];
                }
            }
        }
    }

    internal static void Run<V, T>(
        bool transposeA, bool transposeB, int m, int n, int k,
        T[] a, int aOffset, T[] b, int bOffset, T[] c, int cOffset, bool accumulate)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckExtents(m, n, k, a, aOffset, b, bOffset, c, cOffset);
        if (m == 0 || n == 0)
        {
            return;
        }

        if (k == 0)
        {
            if (!accumulate)
            {
                c.AsSpan(cOffset, m * n).Clear();
            }

            return;
        }

        MatrixView<T> left = Left(transposeA, m, k, a, aOffset), right = Right(transposeB, n, k, b, bOffset);
        var result = new MatrixView<T>(c, cOffset, n, 1);
        bool leftRows = left.ColumnStride == 1 || k == 1, rightRows = right.ColumnStride == 1 || n == 1 || k == 1;
        if (n == 1)
        {
            // A matrix by a vector: dot products along the rows of A, or a sum of its columns.
            if (leftRows)
            {
                MatMulDirect.Dot<V, T>(left, right, result, m, k, accumulate);
            }
            else
            {
                MatMulDirect.Run<V, T>(new(b, bOffset, k, 1), left.Transposed, new(c, cOffset, m, 1), 1, m, k, accumulate);
            }
        }
        else if (m == 1 && !rightRows)
        {
            MatMulDirect.Dot<V, T>(right.Transposed, new(a, aOffset, 1, 1), new(c, cOffset, 1, 1), n, k, accumulate);
        }
        else if ((rightRows && m < RowsThatPayPacking) || (long)n * k <= CachedElements)
        {
            MatMulDirect.Run<V, T>(left, rightRows ? new(b, bOffset, n, 1) : right, result, m, n, k, accumulate);
        }
        else
        {
            MatMulPacked.Run<V, T>(left, right, result, m, n, k, accumulate);
        }
    }

    private static MatrixView<T> Left<T>(bool transpose, int m, int k, T[] a, int offset)
        where T : unmanaged => transpose ? new(a, offset, 1, m) : new(a, offset, k, 1);

    private static MatrixView<T> Right<T>(bool transpose, int n, int k, T[] b, int offset)
        where T : unmanaged => transpose ? new(b, offset, 1, k) : new(b, offset, n, 1);

    private static void CheckExtents<T>(int m, int n, int k, T[] a, int aOffset, T[] b, int bOffset, T[] c, int cOffset)
    {
        Check("left", m, k, a.Length, aOffset);
        Check("right", k, n, b.Length, bOffset);
        Check("result", m, n, c.Length, cOffset);

        static void Check(string name, int rows, int columns, int length, int offset)
        {
            if (rows < 0 || columns < 0 || offset < 0 || ((long)rows * columns) + offset > length)
            {
                throw new ArgumentException(
                    $"MatMul: the {name} operand, [{rows}, {columns}] from element {offset}, does not fit its array of {length}.");
            }
        }
    }

    private readonly struct BatchJob<T>(
        bool transposeA, bool transposeB, int m, int n, int k, T[] a, int aOffset, T[] b, int bOffset, T[] c, int cOffset,
        int batch, long aStride, long bStride, long cStride, bool accumulate) : ITileJob
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly int _productsPerTile = (int)Math.Clamp(TileWork / Math.Max(1, (long)m * n * k), 1, int.MaxValue);

        public int Tiles => (int)(((long)batch + _productsPerTile - 1) / _productsPerTile);

        public void Execute(int tile) =>
            Products(tile * _productsPerTile, (int)Math.Min(((long)tile + 1) * _productsPerTile, batch));

        public void Products(int from, int to)
        {
            for (int i = from; i < to; i++)
            {
                Run(
                    transposeA, transposeB, m, n, k, a, checked((int)(aOffset + (i * aStride))), b, checked((int)(bOffset + (i * bStride))),
                    c, checked((int)(cOffset + (i * cStride))), accumulate);
            }
        }
    }
}
