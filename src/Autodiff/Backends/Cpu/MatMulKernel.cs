using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>
/// C = op(A)·op(B), row-major, where op may transpose: op(A) is [m, k], op(B) is [k, n]. How a product runs depends on its shape alone;
/// each element of C is summed in a fixed order, so the bits are the same for any number of threads.
/// </summary>
internal static unsafe partial class MatMulKernel
{
    /// <summary>One product on the calling thread alone; with <paramref name="accumulate"/>, C += op(A)·op(B).</summary>
    public static void RunSerial<T>(bool transposeA, bool transposeB, int m, int n, int k, T* a, T* b, T* c, bool accumulate = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MatrixView<T> left = View(transposeA, m, k, a), right = View(transposeB, k, n, b);
        if (Simd.Use512)
        {
            RunRectangle<Lanes512<T>, T>(left, right, c, n, m, n, k, accumulate);
        }
        else if (Simd.Use256)
        {
            RunRectangle<Lanes256<T>, T>(left, right, c, n, m, n, k, accumulate);
        }
        else
        {
            RunRectangle<Lanes128<T>, T>(left, right, c, n, m, n, k, accumulate);
        }
    }

    /// <summary>The elements that a packed right operand, [k, n], takes.</summary>
    public static nint PackedLength<T>(int n, int k)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Simd.Use512 ? MatMulPacking.RightLength<Lanes512<T>, T>(n, k)
            : Simd.Use256 ? MatMulPacking.RightLength<Lanes256<T>, T>(n, k)
            : MatMulPacking.RightLength<Lanes128<T>, T>(n, k);

    /// <summary>How many parts of about equal size <see cref="PackRightTile"/> can write independently; the shape alone decides.</summary>
    public static int PackTiles<T>(int n, int k)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        MatMulDot.Suits(n, k) ? 1 : (int)Math.Clamp((long)n * k / PackTileElements, 1, Math.Max(1, (n + PackColumns - 1) / PackColumns));

    /// <summary>Packs op(B), [k, n], once for many products with <see cref="RunPacked{T}"/>.</summary>
    public static void PackRight<T>(bool transposeB, int n, int k, T* b, T* packed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int tile = 0; tile < PackTiles<T>(n, k); tile++)
        {
            PackRightTile(transposeB, n, k, b, packed, tile);
        }
    }

    /// <summary>One of the <see cref="PackTiles"/> parts of <see cref="PackRight"/>.</summary>
    public static void PackRightTile<T>(bool transposeB, int n, int k, T* b, T* packed, int tile)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MatrixView<T> right = View(transposeB, k, n, b);
        if (Simd.Use512)
        {
            PackTile<Lanes512<T>, T>(right, packed, n, k, tile);
        }
        else if (Simd.Use256)
        {
            PackTile<Lanes256<T>, T>(right, packed, n, k, tile);
        }
        else
        {
            PackTile<Lanes128<T>, T>(right, packed, n, k, tile);
        }
    }

    /// <summary>C = A·B, or C += A·B, with a B that <see cref="PackRight"/> has packed, on the calling thread alone.</summary>
    public static void RunPacked<T>(int m, int n, int k, T* a, T* packed, T* c, bool accumulate = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Simd.Use512)
        {
            RunPacked<Lanes512<T>, T>(m, n, k, a, packed, c, accumulate);
        }
        else if (Simd.Use256)
        {
            RunPacked<Lanes256<T>, T>(m, n, k, a, packed, c, accumulate);
        }
        else
        {
            RunPacked<Lanes128<T>, T>(m, n, k, a, packed, c, accumulate);
        }
    }

    /// <summary>As the other, with registers of a given width.</summary>
    internal static void RunPacked<V, T>(int m, int n, int k, T* a, T* packed, T* c, bool accumulate)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (IsEmpty<V, T>(c, n, m, n, k, accumulate))
        {
            return;
        }

        if (MatMulDot.Suits(n, k))
        {
            MatMulDot.Run<V, T>(View(false, m, k, a), new(packed, k, 1), new(c, n, 1), m, n, k, accumulate);
        }
        else
        {
            MatMulBlocks.Multiply<V, T>(View(false, m, k, a), RightPanels<T>.Packed<V>(packed, n, k), c, n, m, k, accumulate);
        }
    }

    /// <summary>As <see cref="PackRightTile"/>, with registers of a given width.</summary>
    internal static void PackTile<V, T>(MatrixView<T> right, T* packed, int n, int k, int tile)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (n == 0 || k == 0)
        {
            return;
        }

        if (MatMulDot.Suits(n, k))
        {
            MatMulPacking.CopyRows(right.Transposed, packed, n, k);
            return;
        }

        int panels = RightPanels<T>.Packed<V>(packed, n, k).Count, tiles = PackTiles<T>(n, k);
        MatMulPacking.Right<V, T>(right, packed, n, k, (int)((long)panels * tile / tiles), (int)((long)panels * (tile + 1) / tiles));
    }

    /// <summary>A rectangle of a product, whose rows stand <paramref name="stride"/> elements apart in C, on the calling thread alone.</summary>
    internal static void RunRectangle<V, T>(MatrixView<T> a, MatrixView<T> b, T* c, nint stride, int m, int n, int k, bool accumulate)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!IsEmpty<V, T>(c, stride, m, n, k, accumulate))
        {
            MatMulSerial.Run<V, T>(a, b, c, stride, m, n, k, accumulate);
        }
    }

    /// <summary>op(X), [rows, columns], of a row-major X.</summary>
    internal static MatrixView<T> View<T>(bool transpose, int rows, int columns, T* x)
        where T : unmanaged => transpose ? new(x, 1, rows) : new(x, columns, 1);

    /// <summary>Whether there is nothing to multiply; a sum of nothing is zero.</summary>
    private static bool IsEmpty<V, T>(T* c, nint stride, int m, int n, int k, bool accumulate)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (k == 0 && !accumulate)
        {
            for (int i = 0; i < m; i++)
            {
                new Span<T>(c + (i * stride), n).Clear();
            }
        }

        return m == 0 || n == 0 || k == 0;
    }
}
