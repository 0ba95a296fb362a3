using System.Numerics;

namespace ProbNet.Autodiff;

/// <content>Products of arrays, checked, shared among threads where that pays.</content>
internal static unsafe partial class MatMulKernel
{
    /// <summary>Multiply-adds from which a product is shared among threads: below, it ends before a helper has woken.</summary>
    internal const long ParallelFrom = 1 << 20;

    /// <summary>Multiply-adds of a tile of batched products.</summary>
    internal const long TileWork = 1 << 18;

    /// <summary>Multiply-adds from which B is packed by all threads before they multiply; below, each tile packs what it reads.</summary>
    private const long SharedPackingFrom = 1 << 24;

    private const int PackTileElements = 1 << 14;
    private const int PackColumns = 64;

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
        CheckExtents(m, n, k, a, aOffset, b, bOffset, c, cOffset);
        fixed (T* aStart = a, bStart = b)
        {
            MatrixView<T> left = View(transposeA, m, k, aStart + aOffset), right = View(transposeB, k, n, bStart + bOffset);
            for (int i = 0; i < m; i++)
            {
                Span<T> row = c.AsSpan(cOffset + (i * n), n);
                if (!accumulate)
                {
                    row.Clear();
                }

                for (int p = 0; p < k; p++)
                {
                    T scale = *left.At(i, p);
                    for (int j = 0; j < row.Length; j++)
                    {
                        row[j] += scale * *right.At(p, j);
                    }
                }
            }
        }
    }

    internal static void Run<V, T>(
        bool transposeA, bool transposeB, int m, int n, int k,
        T[] a, int aOffset, T[] b, int bOffset, T[] c, int cOffset, bool accumulate)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckExtents(m, n, k, a, aOffset, b, bOffset, c, cOffset);
        fixed (T* aStart = a, bStart = b, cStart = c)
        {
            T* left = aStart + aOffset, right = bStart + bOffset, result = cStart + cOffset;
            long work = (long)m * n * k;
            if (work < ParallelFrom)
            {
                RunRectangle<V, T>(View(transposeA, m, k, left), View(transposeB, k, n, right), result, n, m, n, k, accumulate);
            }
            else if (work >= SharedPackingFrom && Math.Min(m, n) >= 128 && !new MatMulTiling(m, n, k, cutDepth: false).IsLeftPacked)
            {
                MatMulPacked.Run<V, T>(View(transposeA, m, k, left), View(transposeB, k, n, right), result, m, n, k, accumulate);
            }
            else
            {
                T* scratch = PackBuffer<T>.Shared.Reserve(MatMulTask<T>.ScratchLength(m, n, k, cutDepth: false));
                var task = new MatMulTask<T>(transposeA, transposeB, m, n, k, left, right, result, accumulate, scratch, cutDepth: false);
                var pack = new PackJob<V, T>(task);
                Workers.Run(task.Packs, ref pack);
                var multiply = new TileJob<V, T>(task);
                Workers.Run(task.Tiles, ref multiply);
            }
        }
    }

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

    private readonly struct PackJob<V, T>(MatMulTask<T> task) : ITileJob
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Execute(int tile) => task.Pack<V>(tile);
    }

    private readonly struct TileJob<V, T>(MatMulTask<T> task) : ITileJob
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public void Execute(int tile) => task.Execute<V>(tile);
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
