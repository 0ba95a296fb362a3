using System.Numerics;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>
/// Walks over the blocks of C. The depth runs in order, in blocks of a fixed length, so the bits of an element do not depend on the
/// rectangle of C that it is computed with.
/// </summary>
internal static unsafe class MatMulBlocks
{
    /// <summary>Elements of a panel of B that stay in the first-level cache while rows of A stream past; a longer panel streams itself.</summary>
    private const int ResidentBytes = 16 << 10;

    /// <summary>Bytes of A up to which it is packed whole and stays in the second-level cache, beside a panel of B and the next one.</summary>
    private const int LeftBytes = 384 << 10;

    /// <summary>Panels of B from which it pays to pack A for them.</summary>
    private const int PanelsThatPay = 3;

    private const int RowsThatPay = 24;

    private const int DepthUnit = 4;

    /// <summary>
    /// The depth of a block, of a product of depth <paramref name="k"/>: a panel of A, twelve rows, fills somewhat more than half of the first-level cache, and
    /// the blocks are about equal.
    /// </summary>
    public static int Depth<T>(int k)
        where T : unmanaged
    {
        int most = sizeof(T) == 4 ? 416 : 256, blocks = (k + most - 1) / most;
        return blocks <= 1 ? k : (((k + blocks - 1) / blocks) + DepthUnit - 1) / DepthUnit * DepthUnit;
    }

    /// <summary>Packs rows <paramref name="from"/> to <paramref name="to"/>, the edges of blocks, of A, [m, k], for all blocks of the depth.</summary>
    public static void PackLeft<V, T>(MatrixView<T> a, T* packed, int m, int k, int from, int to)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int block = Depth<T>(k);
        for (int p = 0; p < k; p += block)
        {
            PackRows<V, T>(a.From(0, p), packed + ((nint)p * m), m, Math.Min(block, k - p), from, to);
        }
    }

    /// <summary>C = A·B, or C += A·B, for m rows and all columns of <paramref name="b"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<V, T>(MatrixView<T> a, RightPanels<T> b, T* c, nint stride, int m, int k, bool accumulate)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int block = Depth<T>(k), rows = MatMulTile.Rows<V>();
        for (int p = 0; p < k; p += block)
        {
            int depth = Math.Min(block, k - p);
            RightPanels<T> panels = b.From<V>(p, 0, b.Count);
            MatrixView<T> left = a.From(0, p);
            var run = new MatMulRun<T>
            {
                RowStride = left.RowStride,
                DepthStride = left.ColumnStride,
                ResultStride = stride,
                Depth = depth,
                Accumulate = accumulate || p > 0,
            };
            if (left.ColumnStride == 1 && depth * 2 * V.Count * sizeof(T) <= ResidentBytes && (nint)depth * rows * sizeof(T) <= ResidentBytes)
            {
                ByPanels<V, T>(&run, left, panels, c, m);
            }
            else if (panels.RowStride == 2 * V.Count && panels.Count >= PanelsThatPay && m >= RowsThatPay && (nint)m * depth * sizeof(T) <= LeftBytes)
            {
                ByFetchedPanels<V, T>(&run, left, panels, c, m);
            }
            else
            {
                ByRows<V, T>(&run, left, null, panels, c, m);
            }
        }
    }

    /// <summary>
    /// As <see cref="Multiply"/>, for one block of the depth and a copy of A in panels: made from <paramref name="a"/> on the way, unless that is
    /// empty because an earlier call with the same <paramref name="m"/> has made it.
    /// </summary>
    public static void MultiplyPacked<V, T>(
        MatrixView<T> a, T* packed, RightPanels<T> b, T* c, nint stride, int m, int depth, bool accumulate)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var run = new MatMulRun<T> { ResultStride = stride, Depth = depth, Accumulate = accumulate };
        ByRows<V, T>(&run, a, packed, b, c, m);
    }

    /// <summary>Panel by panel of B, which stays in the first-level cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ByPanels<V, T>(MatMulRun<T>* run, MatrixView<T> a, RightPanels<T> b, T* c, int m)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int panel = 0; panel < b.Count; panel++)
        {
            bool last = panel == b.Count - 1;
            run->RightStride = last ? b.LastRowStride : b.RowStride;
            run->Lanes = last ? b.LastLanes : V.Count;
            run->NextRight = 0;
            for (int i = 0; i < m;)
            {
                (int rows, int blocks) = Split<V>(m - i);
                run->A = a.At(i, 0);
                run->B = last ? b.Last : b.Start + (panel * b.PanelStride);
                run->C = c + (i * run->ResultStride) + (panel * 2 * V.Count);
                run->NextLeft = rows * a.RowStride;
                run->NextResult = rows * run->ResultStride;
                run->Blocks = blocks;
                MatMulTile.Run<V, T>(run, rows, last ? b.LastVectors : 2);
                i += rows * blocks;
            }
        }
    }

    /// <summary>
    /// Panel by panel of a packed B that comes from the third-level cache or from memory: the rows of A are packed before and stay in the second-level cache, and
    /// while a panel is multiplied by them, the next is fetched.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ByFetchedPanels<V, T>(MatMulRun<T>* run, MatrixView<T> a, RightPanels<T> b, T* c, int m)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int depth = run->Depth, full = MatMulTile.Rows<V>(), width = 2 * V.Count;
        T* left = PackBuffer<T>.Left.Reserve((nint)m * depth);
        PackRows<V, T>(a, left, m, depth, 0, m);
        run->RowStride = 1;
        run->NextRight = 0;
        run->Share = (nint)depth * width * sizeof(T) / Math.Max(1, m / full);
        for (int panel = 0; panel < b.Count; panel++)
        {
            bool last = panel == b.Count - 1;
            bool isWhole = !last || (b.LastVectors == 2 && b.LastLanes == V.Count);
            run->B = last ? b.Last : b.Start + (panel * b.PanelStride);
            run->RightStride = last ? b.LastRowStride : b.RowStride;
            run->Lanes = last ? b.LastLanes : V.Count;
            for (int i = 0; i < m;)
            {
                (int rows, int blocks) = Split<V>(m - i);
                run->A = left + ((nint)i * depth);
                run->C = c + (i * run->ResultStride) + (panel * width);
                run->DepthStride = rows;
                run->NextLeft = (nint)rows * depth;
                run->NextResult = rows * run->ResultStride;
                run->Blocks = blocks;
                if (isWhole && rows == full)
                {
                    run->Next = run->B + b.PanelStride;
                    MatMulTile.RunPacked<V, T>(run);
                }
                else
                {
                    MatMulTile.Run<V, T>(run, rows, last ? b.LastVectors : 2);
                }

                i += rows * blocks;
            }
        }
    }

    /// <summary>
    /// Block by block of rows of A. They are packed first, unless they already are: all one after the other to <paramref name="packed"/>, or, without
    /// that, each to the same place if it is used often.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ByRows<V, T>(MatMulRun<T>* run, MatrixView<T> a, T* packed, RightPanels<T> b, T* c, int m)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool keeps = packed != null, packs = keeps ? a.Start != null : b.Count >= PanelsThatPay;
        if (packs && !keeps)
        {
            packed = PackBuffer<T>.Left.Reserve((nint)MatMulTile.Rows<V>() * run->Depth);
        }

        bool isLastLikeOthers = b.LastVectors == 2 && b.LastLanes == V.Count && b.LastRowStride == b.RowStride
            && b.Last == b.Start + ((b.Count - 1) * b.PanelStride);
        run->NextLeft = 0;
        run->NextRight = b.PanelStride;
        run->NextResult = 2 * V.Count;
        for (int i = 0; i < m;)
        {
            int rows = Split<V>(m - i).Rows;
            run->A = packs || keeps ? packed + (keeps ? (nint)i * run->Depth : 0) : a.At(i, 0);
            if (packs)
            {
                MatMulPacking.Panel<V, T>(a.From(i, 0), run->A, rows, run->Depth, rows);
            }

            if (packs || keeps)
            {
                run->RowStride = 1;
                run->DepthStride = rows;
            }

            run->B = b.Start;
            run->C = c + (i * run->ResultStride);
            run->RightStride = b.RowStride;
            run->Lanes = V.Count;
            run->Blocks = isLastLikeOthers ? b.Count : b.Count - 1;
            if ((packs || keeps) && b.RowStride == 2 * V.Count && rows == MatMulTile.Rows<V>() && run->Blocks > 0)
            {
                run->Next = run->A + (keeps ? rows * run->Depth : 0);
                run->Share = (nint)rows * run->Depth * sizeof(T) / run->Blocks;
                MatMulTile.RunPacked<V, T>(run);
            }
            else
            {
                MatMulTile.Run<V, T>(run, rows, 2);
            }

            if (!isLastLikeOthers)
            {
                run->B = b.Last;
                run->C += (b.Count - 1) * 2 * V.Count;
                run->RightStride = b.LastRowStride;
                run->Lanes = b.LastLanes;
                run->Blocks = 1;
                MatMulTile.Run<V, T>(run, rows, b.LastVectors);
            }

            i += rows;
        }
    }

    /// <summary>Packs rows <paramref name="from"/> to <paramref name="to"/>, the edges of blocks, of [m, depth].</summary>
    private static void PackRows<V, T>(MatrixView<T> a, T* packed, int m, int depth, int from, int to)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < to;)
        {
            int rows = Split<V>(m - i).Rows;
            if (i >= from)
            {
                MatMulPacking.Panel<V, T>(a.From(i, 0), packed + ((nint)i * depth), rows, depth, rows);
            }

            i += rows;
        }
    }

    /// <summary>The height of the next blocks, and how many of it: full ones, and at the end two of about the same height.</summary>
    private static (int Rows, int Blocks) Split<V>(int m)
        where V : unmanaged
    {
        int full = MatMulTile.Rows<V>(), blocks = m / full, rest = m % full;
        if (blocks == 0)
        {
            return (m, 1);
        }

        if (rest == 0 || rest >= full / 2)
        {
            return (full, blocks);
        }

        return blocks > 1 ? (full, blocks - 1) : ((m + 1) / 2, 1);
    }
}
