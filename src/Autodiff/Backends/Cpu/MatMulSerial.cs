using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>One product, or a rectangle of one, on the calling thread; the shape alone decides how.</summary>
internal static unsafe class MatMulSerial
{
    /// <summary>Rows up to which a right operand with contiguous rows is read where it lies.</summary>
    private const int RowsThatPayPacking = 48;

    /// <summary>Elements of a right operand with contiguous rows up to which it is read where it lies, however many rows there are.</summary>
    private const int CachedElements = 1 << 13;

    /// <summary>Columns that are packed at a time: with their depth they fill half of the second-level cache.</summary>
    public const int ColumnBlock = 384;

    /// <summary>C = A·B, or C += A·B, for operands of any strides; the rows of C are contiguous.</summary>
    public static void Run<V, T>(MatrixView<T> a, MatrixView<T> b, T* c, nint stride, int m, int n, int k, bool accumulate)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool leftRows = a.ColumnStride == 1 || k == 1, rightRows = b.ColumnStride == 1 || n == 1;
        if (n == 1 && leftRows && (b.RowStride == 1 || k == 1))
        {
            MatMulDot.Run<V, T>(a.Start, a.RowStride, b.Start, c, stride, m, k, accumulate);
        }
        else if (n == 1 && stride == 1 && a.RowStride == 1 && m > 1)
        {
            Run<V, T>(b.Transposed, a.Transposed, c, m, 1, m, k, accumulate);
        }
        else if (m == 1 && b.RowStride == 1 && !rightRows && leftRows)
        {
            MatMulDot.Run<V, T>(b.Start, b.ColumnStride, a.Start, c, 1, n, k, accumulate);
        }
        else if (rightRows && (m < RowsThatPayPacking || (long)n * k <= CachedElements))
        {
            InPlace<V, T>(a, b, c, stride, m, n, k, accumulate);
        }
        else
        {
            Packed<V, T>(a, b, c, stride, m, n, k, accumulate);
        }
    }

    private static void InPlace<V, T>(MatrixView<T> a, MatrixView<T> b, T* c, nint stride, int m, int n, int k, bool accumulate)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int whole = RightPanels<T>.WholeColumns<V>(n), width = RightPanels<T>.VectorsOfLast<V>(n) * V.Count;
        T* padded = null;
        if (n - whole < width)
        {
            padded = PackBuffer<T>.Right.Reserve((nint)k * width);
            MatMulPacking.Panel<V, T>(b.From(0, whole).Transposed, padded, n - whole, k, width);
        }

        MatMulBlocks.Multiply<V, T>(a, RightPanels<T>.InPlace<V>(b.Start, n, b.RowStride, padded), c, stride, m, k, accumulate);
    }

    private static void Packed<V, T>(MatrixView<T> a, MatrixView<T> b, T* c, nint stride, int m, int n, int k, bool accumulate)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int block = MatMulBlocks.Depth<T>();
        T* packed = PackBuffer<T>.Right.Reserve(MatMulPacking.RightLength<V, T>(Math.Min(n, ColumnBlock), Math.Min(k, block)));
        for (int j = 0; j < n; j += ColumnBlock)
        {
            int columns = Math.Min(ColumnBlock, n - j);
            for (int p = 0; p < k; p += block)
            {
                int depth = Math.Min(block, k - p);
                RightPanels<T> panels = RightPanels<T>.Packed<V>(packed, columns, depth);
                MatMulPacking.Right<V, T>(b.From(p, j), packed, columns, depth, 0, panels.Count);
                MatMulBlocks.Multiply<V, T>(a.From(0, p), panels, c + j, stride, m, depth, accumulate || p > 0);
            }
        }
    }
}
