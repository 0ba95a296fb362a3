using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>One product, or a rectangle of one, on the calling thread; the shape alone decides how.</summary>
internal static unsafe class MatMulSerial
{
    /// <summary>Rows up to which a right operand with contiguous rows is read where it lies.</summary>
    private const int RowsThatPayPacking = 48;

    /// <summary>Elements of a right operand with contiguous rows up to which it is read where it lies, however many rows there are.</summary>
    private const int CachedElements = 1 << 13;

    /// <summary>Rows of A that are packed at a time, for a B of several blocks.</summary>
    public const int RowBlock = 3072;

    /// <summary>Columns up to which Cᵀ = Bᵀ·Aᵀ is the better product, if the columns of A are contiguous and longer.</summary>
    private const int FewColumns = 16;

    private const int ManyRows = 24;

    /// <summary>Columns that are packed at a time: with their depth they fill less than half of the second-level cache.</summary>
    public static int ColumnBlock<T>()
        where T : unmanaged => sizeof(T) == 4 ? 256 : 192;

    /// <summary>C = A·B, or C += A·B, for operands of any strides; the rows of C are contiguous.</summary>
    public static void Run<V, T>(MatrixView<T> a, MatrixView<T> b, T* c, nint stride, int m, int n, int k, bool accumulate)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool leftRows = a.ColumnStride == 1 || k == 1, rightRows = b.ColumnStride == 1 || n == 1;
        var result = new MatrixView<T>(c, stride, 1);
        if (leftRows && MatMulDot.Suits(n, k))
        {
            MatMulDot.Run<V, T>(a, Rows<V, T>(b.Transposed, n, k), result, m, n, k, accumulate);
        }
        else if (m == 1 && b.RowStride == 1 && !rightRows && leftRows)
        {
            MatMulDot.Run<V, T>(b.Transposed, a, result.Transposed, n, 1, k, accumulate);
        }
        else if (n <= FewColumns && m >= ManyRows && a.RowStride == 1 && a.ColumnStride != 1)
        {
            Swapped<V, T>(a, b, result, m, n, k, accumulate);
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

    /// <summary>All rows of C = A·B, or C += A·B, of which B and C may be some columns, with an A that <see cref="MatMulBlocks.PackLeft"/> has packed.</summary>
    public static void RunPackedLeft<V, T>(T* left, MatrixView<T> b, T* c, nint stride, int m, int n, int k, bool accumulate)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int block = MatMulBlocks.Depth<T>(k), width = ColumnBlock<T>();
        T* packed = PackBuffer<T>.Right.Reserve(MatMulPacking.RightLength<V, T>(Math.Min(n, width), block));
        for (int p = 0; p < k; p += block)
        {
            int depth = Math.Min(block, k - p);
            for (int j = 0; j < n; j += width)
            {
                int columns = Math.Min(width, n - j);
                RightPanels<T> panels = RightPanels<T>.Packed<V>(packed, columns, depth);
                MatMulPacking.Right<V, T>(b.From(p, j), packed, columns, depth, 0, panels.Count);
                MatMulBlocks.MultiplyPacked<V, T>(default, left + ((nint)p * m), panels, c + j, stride, m, depth, accumulate || p > 0);
            }
        }
    }

    /// <summary>The matrix itself if its rows are contiguous, else a copy whose rows are.</summary>
    private static MatrixView<T> Rows<V, T>(MatrixView<T> x, int rows, int columns)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (x.ColumnStride == 1 || columns == 1)
        {
            return x;
        }

        T* copy = PackBuffer<T>.Right.Reserve((nint)rows * columns);
        MatMulPacking.CopyRows(x, copy, rows, columns);
        return new(copy, columns, 1);
    }

    /// <summary>Cᵀ = Bᵀ·Aᵀ into a scratch, transposed from there.</summary>
    private static void Swapped<V, T>(MatrixView<T> a, MatrixView<T> b, MatrixView<T> c, int m, int n, int k, bool accumulate)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* scratch = PackBuffer<T>.Result.Reserve((nint)m * n);
        Run<V, T>(b.Transposed, a.Transposed, scratch, m, n, m, k, false);
        for (int j = 0; j < n; j++)
        {
            T* from = scratch + ((nint)j * m), to = c.At(0, j);
            for (int i = 0; i < m; i++)
            {
                *to = accumulate ? *to + from[i] : from[i];
                to += c.RowStride;
            }
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
        int block = MatMulBlocks.Depth<T>(k), width = ColumnBlock<T>(), height = n > width ? RowBlock : m;
        T* packed = PackBuffer<T>.Right.Reserve(MatMulPacking.RightLength<V, T>(Math.Min(n, width), Math.Min(k, block)));
        for (int i = 0; i < m; i += height)
        {
            int rows = Math.Min(height, m - i);
            for (int p = 0; p < k; p += block)
            {
                int depth = Math.Min(block, k - p);
                MatrixView<T> left = a.From(i, p);
                T* packedLeft = n > width ? PackBuffer<T>.Left.Reserve((nint)rows * depth) : null;

                for (int j = 0; j < n; j += width)
                {
                    int columns = Math.Min(width, n - j);
                    RightPanels<T> panels = RightPanels<T>.Packed<V>(packed, columns, depth);
                    MatMulPacking.Right<V, T>(b.From(p, j), packed, columns, depth, 0, panels.Count);
                    T* to = c + (i * stride) + j;
                    if (packedLeft != null)
                    {
                        MatMulBlocks.MultiplyPacked<V, T>(j == 0 ? left : default, packedLeft, panels, to, stride, rows, depth, accumulate || p > 0);
                    }
                    else
                    {
                        MatMulBlocks.Multiply<V, T>(left, panels, to, stride, rows, depth, accumulate || p > 0);
                    }
                }
            }
        }
    }
}
