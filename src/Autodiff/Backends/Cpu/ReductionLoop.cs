using System.Numerics;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>
/// Reductions over the last axis (rows) and over a middle axis of [outer, reduce, inner]. Elements are folded in a pairwise tree whose shape
/// depends on the length alone: the rounding error grows with its logarithm, and the bits do not depend on the threads. An empty axis gives the
/// identity: 0 for sums, ∓∞ for maximum and minimum.
/// </summary>
internal static unsafe partial class ReductionLoop
{
    /// <summary>Elements of a tile, and twice that many from which a reduction is shared among threads.</summary>
    private const int TileElements = 1 << 16;

    /// <summary>Registers, or rows of a middle axis, that are folded in sequence at the leaves of the tree.</summary>
    private const int Leaf = 32;

    /// <summary>y[o, i] = the reduction of x[o, ·, i].</summary>
    /// <param name="x">[outer, reduce, inner].</param>
    /// <param name="y">[outer, inner].</param>
    /// <param name="outer">Elements of the axes before.</param>
    /// <param name="reduce">Elements of the reduced axis.</param>
    /// <param name="inner">Elements of the axes after.</param>
    /// <param name="shared">Whether other threads may help.</param>
    public static void Reduce<R, T>(T* x, T* y, int outer, int reduce, int inner, bool shared)
        where R : struct, IReduction
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Simd.Use512)
        {
            Reduce<R, Lanes512<T>, T>(x, y, outer, reduce, inner, shared);
        }
        else if (Simd.Use256)
        {
            Reduce<R, Lanes256<T>, T>(x, y, outer, reduce, inner, shared);
        }
        else
        {
            Reduce<R, Lanes128<T>, T>(x, y, outer, reduce, inner, shared);
        }
    }

    /// <summary>y[r] = the reduction of x[r, ·].</summary>
    public static void Rows<R, T>(ReadOnlySpan<T> x, Span<T> y, int rows, int columns)
        where R : struct, IReduction
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Middle<R, T>(x, y, rows, columns, 1);

    /// <summary>y[o, i] = the reduction of x[o, ·, i].</summary>
    public static void Middle<R, T>(ReadOnlySpan<T> x, Span<T> y, int outer, int reduce, int inner)
        where R : struct, IReduction
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require(x.Length, (long)outer * reduce * inner, y.Length, (long)outer * inner);
        fixed (T* from = x, to = y)
        {
            Reduce<R, T>(from, to, outer, reduce, inner, shared: true);
        }
    }

    internal static void Rows<R, V, T>(ReadOnlySpan<T> x, Span<T> y, int rows, int columns)
        where R : struct, IReduction
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Middle<R, V, T>(x, y, rows, columns, 1);

    internal static void Middle<R, V, T>(ReadOnlySpan<T> x, Span<T> y, int outer, int reduce, int inner)
        where R : struct, IReduction
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require(x.Length, (long)outer * reduce * inner, y.Length, (long)outer * inner);
        fixed (T* from = x, to = y)
        {
            Reduce<R, V, T>(from, to, outer, reduce, inner, shared: true);
        }
    }

    private static void Reduce<R, V, T>(T* x, T* y, int outer, int reduce, int inner, bool shared)
        where R : struct, IReduction
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long elements = shared ? (long)outer * reduce * inner : 0;
        if (inner == 1)
        {
            var rows = new RowsJob<R, V, T>(x, y, outer, reduce);
            Share(rows.Tiles, ref rows, elements);
        }
        else if (reduce == 0)
        {
            new Span<T>(y, outer * inner).Fill(T.CreateTruncating(R.Identity));
        }
        else
        {
            var job = new MiddleJob<R, V, T>(x, y, outer, reduce, inner);
            Share(job.Tiles, ref job, elements);
        }
    }

    private static void Share<TJob>(int tiles, ref TJob job, long elements)
        where TJob : struct, ITileJob
    {
        if (elements >= 2 * TileElements)
        {
            Workers.Run(tiles, ref job);
            return;
        }

        for (int tile = 0; tile < tiles; tile++)
        {
            job.Execute(tile);
        }
    }

    private static void Require(long x, long wantedX, long y, long wantedY)
    {
        if (x < wantedX || y < wantedY)
        {
            throw new ArgumentException($"ReductionLoop: {x} elements reduced to {y}, where the shape needs {wantedX} and {wantedY}.");
        }
    }

    private readonly struct RowsJob<R, V, T>(T* x, T* y, int rows, int columns) : ITileJob
        where R : struct, IReduction
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly int _rowsPerTile = RowsPerTile(columns, V.Count);

        public int Tiles => (int)(((long)rows + _rowsPerTile - 1) / _rowsPerTile);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Execute(int tile)
        {
            int end = (int)Math.Min(((long)tile + 1) * _rowsPerTile, rows);
            if (columns <= V.Count)
            {
                Span<T> block = stackalloc T[columns * V.Count];
                for (int r = tile * _rowsPerTile; r < end; r += V.Count)
                {
                    int count = Math.Min(V.Count, end - r);
                    TransposeRows<V, T>(x + ((nint)r * columns), count, columns, block);
                    V shift = R.IsCentred ? LoadLanes<V, T>(y + r, count, 0) : V.Zero;
                    StoreLanes(FoldBlock<R, V, T>(block, columns, shift), y + r, count);
                }

                return;
            }

            for (int r = tile * _rowsPerTile; r < end; r++)
            {
                y[r] = Fold<R, V, T>(x + ((nint)r * columns), columns, R.IsCentred ? y[r] : T.Zero);
            }
        }
    }

    /// <summary>Rows of a tile: whole blocks of <paramref name="lanes"/> rows.</summary>
    private static int RowsPerTile(int columns, int lanes) =>
        Math.Max(1, TileElements / Math.Max(1, columns) / lanes) * lanes;

    /// <summary>Folds one contiguous row, long against a register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Fold<R, V, T>(T* x, int length, T shift)
        where R : struct, IReduction
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V shifts = V.Broadcast(shift);
        int registers = length / V.Count, rest = length % V.Count;
        V total = Tree<R, V, T>(x, registers, shifts);
        if (rest != 0)
        {
            V padding = R.IsCentred ? shifts : V.Constant(R.Padding);
            V padded = LoadLanes<V, T>(x + ((nint)registers * V.Count), rest, padding);
            total = R.Combine<V, T>(total, R.Accumulate<V, T>(V.Constant(R.Identity), padded, shifts));
        }

        return Across<R, V, T>(total);
    }

    private static V Tree<R, V, T>(T* x, int registers, V shift)
        where R : struct, IReduction
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (registers <= 4 * Leaf)
        {
            return Sequence<R, V, T>(x, registers, shift);
        }

        int half = (int)(BitOperations.RoundUpToPowerOf2((uint)registers) / 2);
        return R.Combine<V, T>(
            Tree<R, V, T>(x, half, shift), Tree<R, V, T>(x + ((nint)half * V.Count), registers - half, shift));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static V Sequence<R, V, T>(T* x, int registers, V shift)
        where R : struct, IReduction
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V t0 = V.Constant(R.Identity);
        int i = 0;
        if (R.IsLight)
        {
            V t1 = t0, t2 = t0, t3 = t0;
            for (; i + 4 <= registers; i += 4)
            {
                t0 = R.Accumulate<V, T>(t0, V.Load(in *x), shift);
                t1 = R.Accumulate<V, T>(t1, V.Load(in *x, (nuint)V.Count), shift);
                t2 = R.Accumulate<V, T>(t2, V.Load(in *x, 2 * (nuint)V.Count), shift);
                t3 = R.Accumulate<V, T>(t3, V.Load(in *x, 3 * (nuint)V.Count), shift);
                x += 4 * V.Count;
            }

            t0 = R.Combine<V, T>(R.Combine<V, T>(t0, t1), R.Combine<V, T>(t2, t3));
        }

        for (; i < registers; i++)
        {
            t0 = R.Accumulate<V, T>(t0, V.Load(in *x), shift);
            x += V.Count;
        }

        return t0;
    }

    /// <summary>Joins the lanes of a register, halving them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Across<R, V, T>(V total)
        where R : struct, IReduction
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* lanes = stackalloc T[2 * V.Count];
        total.Store(ref *lanes);
        for (int half = V.Count / 2; half > 0; half /= 2)
        {
            // The upper half slides over the lower one; lanes beyond it are joined too, and never looked at.
            total.Store(ref *lanes);
            total = R.Combine<V, T>(total, V.Load(in lanes[half]));
        }

        total.Store(ref *lanes);
        return *lanes;
    }

    /// <summary>Folds short rows that stand as the columns of a block [columns, lanes], one row a lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static V FoldBlock<R, V, T>(ReadOnlySpan<T> block, int columns, V shift)
        where R : struct, IReduction
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V total = V.Constant(R.Identity);
        for (int c = 0; c < columns; c++)
        {
            total = R.Accumulate<V, T>(total, V.Load(in block[c * V.Count]), shift);
        }

        return total;
    }

    /// <summary>Copies <paramref name="count"/> rows into the columns of a block [columns, lanes]; lanes without a row are 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeRows<V, T>(T* x, int count, int columns, Span<T> block)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (count < V.Count)
        {
            block.Clear();
        }

        fixed (T* to = block)
        {
            for (int r = 0; r < count; r++)
            {
                for (int c = 0; c < columns; c++)
                {
                    to[(c * V.Count) + r] = *x++;
                }
            }
        }
    }

    private static V LoadLanes<V, T>(T* x, int count, double padding)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => LoadLanes<V, T>(x, count, V.Constant(padding));

    private static V LoadLanes<V, T>(T* x, int count, V lanes)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < count; i++)
        {
            Unsafe.Add(ref Unsafe.As<V, T>(ref lanes), i) = x[i];
        }

        return lanes;
    }

    private static void StoreLanes<V, T>(V lanes, T* y, int count)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (count == V.Count)
        {
            lanes.Store(ref *y);
            return;
        }

        for (int i = 0; i < count; i++)
        {
            y[i] = Unsafe.Add(ref Unsafe.As<V, T>(ref lanes), i);
        }
    }
}
