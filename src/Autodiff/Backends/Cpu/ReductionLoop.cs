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

    /// <summary>y[r] = Σ x[r, ·].</summary>
    public static void SumRows<T>(ReadOnlySpan<T> x, Span<T> y, int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Rows<SumReduction, T>(x, y, rows, columns);

    /// <summary>y[r] = Σ x[r, ·]².</summary>
    public static void SumSquaresRows<T>(ReadOnlySpan<T> x, Span<T> y, int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Rows<SumSquaresReduction, T>(x, y, rows, columns);

    /// <summary>y[r] = max x[r, ·]; NaN if the row holds one.</summary>
    public static void MaxRows<T>(ReadOnlySpan<T> x, Span<T> y, int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Rows<MaxReduction, T>(x, y, rows, columns);

    /// <summary>y[r] = min x[r, ·]; NaN if the row holds one.</summary>
    public static void MinRows<T>(ReadOnlySpan<T> x, Span<T> y, int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Rows<MinReduction, T>(x, y, rows, columns);

    /// <summary>y[o, i] = Σ x[o, ·, i].</summary>
    public static void SumMiddle<T>(ReadOnlySpan<T> x, Span<T> y, int outer, int reduce, int inner)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Middle<SumReduction, T>(x, y, outer, reduce, inner);

    /// <summary>y[o, i] = Σ x[o, ·, i]².</summary>
    public static void SumSquaresMiddle<T>(ReadOnlySpan<T> x, Span<T> y, int outer, int reduce, int inner)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Middle<SumSquaresReduction, T>(x, y, outer, reduce, inner);

    /// <summary>y[o, i] = max x[o, ·, i]; NaN if one is among them.</summary>
    public static void MaxMiddle<T>(ReadOnlySpan<T> x, Span<T> y, int outer, int reduce, int inner)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Middle<MaxReduction, T>(x, y, outer, reduce, inner);

    /// <summary>y[o, i] = min x[o, ·, i]; NaN if one is among them.</summary>
    public static void MinMiddle<T>(ReadOnlySpan<T> x, Span<T> y, int outer, int reduce, int inner)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Middle<MinReduction, T>(x, y, outer, reduce, inner);

    internal static void Rows<R, V, T>(ReadOnlySpan<T> x, Span<T> y, int rows, int columns)
        where R : struct, IReduction
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require(x.Length, (long)rows * columns, y.Length, rows);
        fixed (T* from = x, to = y)
        {
            var job = new RowsJob<R, V, T>(from, to, rows, columns);
            Share(job.Tiles, ref job, x.Length);
        }
    }

    internal static void Middle<R, V, T>(ReadOnlySpan<T> x, Span<T> y, int outer, int reduce, int inner)
        where R : struct, IReduction
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Require(x.Length, (long)outer * reduce * inner, y.Length, (long)outer * inner);
        if (reduce == 0)
        {
            y[..(outer * inner)].Fill(T.CreateTruncating(R.Identity));
            return;
        }

        fixed (T* from = x, to = y)
        {
            var job = new MiddleJob<R, V, T>(from, to, outer, reduce, inner);
            Share(job.Tiles, ref job, x.Length);
        }
    }

    private static void Rows<R, T>(ReadOnlySpan<T> x, Span<T> y, int rows, int columns)
        where R : struct, IReduction
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Simd.Use512)
        {
            Rows<R, Lanes512<T>, T>(x, y, rows, columns);
        }
        else if (Simd.Use256)
        {
            Rows<R, Lanes256<T>, T>(x, y, rows, columns);
        }
        else
        {
            Rows<R, Lanes128<T>, T>(x, y, rows, columns);
        }
    }

    private static void Middle<R, T>(ReadOnlySpan<T> x, Span<T> y, int outer, int reduce, int inner)
        where R : struct, IReduction
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Simd.Use512)
        {
            Middle<R, Lanes512<T>, T>(x, y, outer, reduce, inner);
        }
        else if (Simd.Use256)
        {
            Middle<R, Lanes256<T>, T>(x, y, outer, reduce, inner);
        }
        else
        {
            Middle<R, Lanes128<T>, T>(x, y, outer, reduce, inner);
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
                    StoreLanes(FoldBlock<R, V, T>(block, columns, V.Zero), y + r, count);
                }

                return;
            }

            for (int r = tile * _rowsPerTile; r < end; r++)
            {
                y[r] = Fold<R, V, T>(x + ((nint)r * columns), columns, T.Zero);
            }
        }
    }

    /// <summary>Rows of a tile: whole blocks of <paramref name="lanes"/> rows.</summary>
    private static int RowsPerTile(int columns, int lanes) =>
        Math.Max(1, TileElements / Math.Max(1, columns) / lanes) * lanes;

    /// <summary>Folds one contiguous row, long against a register.</summary>
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
            V padded = LoadLanes<V, T>(x + ((nint)registers * V.Count), rest, R.Padding);
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
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V lanes = V.Constant(padding);
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
