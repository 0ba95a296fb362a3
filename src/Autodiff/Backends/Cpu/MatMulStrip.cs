using System.Numerics;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>
/// The innermost loops of a matrix product that reads its operands where they lie: four rows, or one, by up to four registers of columns,
/// or eight rows by one register. A has any strides; the rows of B are contiguous. The last register of columns comes from a place of its own
/// (<c>last</c>), where the
/// columns that do not fill a register have been copied with padding, and goes to one (<c>cLast</c>). No method is called while the sums are
/// live: the JIT would keep them in memory throughout.
/// </summary>
internal static class MatMulStrip
{
    /// <summary>The most registers of columns at a time: four need 16 accumulators, which only 32 registers can hold.</summary>
    public static int Vectors<V>()
        where V : struct => Unsafe.SizeOf<V>() == 64 ? 4 : 2;

    /// <summary>C = A·B, or C += A·B, for 4 or 1 rows and 4, 2 or 1 registers of columns, or 8 rows and 1 register.</summary>
    public static void Run<V, T>(
        int rows, int vectors, ref T a, nint rowStride, nint depthStride, ref T b, nint bStride, ref T last, nint lastStride, int k,
        ref T c, nint cStride, ref T cLast, nint cLastStride, bool add)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch ((rows, vectors))
        {
            case (4, 4):
                Run4x4<V, T>(
                    ref a, rowStride, depthStride, ref b, bStride, ref last, lastStride, k, ref c, cStride, ref cLast, cLastStride, add);
                break;
            case (4, 2):
                Run4x2<V, T>(
                    ref a, rowStride, depthStride, ref b, bStride, ref last, lastStride, k, ref c, cStride, ref cLast, cLastStride, add);
                break;
            case (8, 1):
                Run8x1<V, T>(
                    ref a, rowStride, depthStride, ref b, bStride, ref last, lastStride, k, ref c, cStride, ref cLast, cLastStride, add);
                break;
            case (4, 1):
                Run4x1<V, T>(
                    ref a, rowStride, depthStride, ref b, bStride, ref last, lastStride, k, ref c, cStride, ref cLast, cLastStride, add);
                break;
            case (1, 4):
                Run1x4<V, T>(
                    ref a, rowStride, depthStride, ref b, bStride, ref last, lastStride, k, ref c, cStride, ref cLast, cLastStride, add);
                break;
            case (1, 2):
                Run1x2<V, T>(
                    ref a, rowStride, depthStride, ref b, bStride, ref last, lastStride, k, ref c, cStride, ref cLast, cLastStride, add);
                break;
            case (1, 1):
                Run1x1<V, T>(
                    ref a, rowStride, depthStride, ref b, bStride, ref last, lastStride, k, ref c, cStride, ref cLast, cLastStride, add);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(rows), $"MatMulStrip: no kernel for {rows} rows by {vectors} registers.");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run4x4<V, T>(
        ref T a, nint rowStride, nint depthStride, ref T b, nint bStride, ref T last, nint lastStride, int k,
        ref T c, nint cStride, ref T cLast, nint cLastStride, bool add)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V c00 = V.Zero, c01 = V.Zero, c02 = V.Zero, c03 = V.Zero;
        V c10 = V.Zero, c11 = V.Zero, c12 = V.Zero, c13 = V.Zero;
        V c20 = V.Zero, c21 = V.Zero, c22 = V.Zero, c23 = V.Zero;
        V c30 = V.Zero, c31 = V.Zero, c32 = V.Zero, c33 = V.Zero;
        ref T a1 = ref Unsafe.Add(ref a, rowStride);
        ref T a2 = ref Unsafe.Add(ref a, 2 * rowStride);
        ref T a3 = ref Unsafe.Add(ref a, 3 * rowStride);
        nint at = 0;
        for (int p = 0; p < k; p++)
        {
            V b0 = V.Load(in b);
            V b1 = V.Load(in b, (nuint)V.Count);
            V b2 = V.Load(in b, 2 * (nuint)V.Count);
            V b3 = V.Load(in last);
            V x = V.Broadcast(Unsafe.Add(ref a, at));
            c00 = V.MultiplyAdd(b0, x, c00);
            c01 = V.MultiplyAdd(b1, x, c01);
            c02 = V.MultiplyAdd(b2, x, c02);
            c03 = V.MultiplyAdd(b3, x, c03);
            x = V.Broadcast(Unsafe.Add(ref a1, at));
            c10 = V.MultiplyAdd(b0, x, c10);
            c11 = V.MultiplyAdd(b1, x, c11);
            c12 = V.MultiplyAdd(b2, x, c12);
            c13 = V.MultiplyAdd(b3, x, c13);
            x = V.Broadcast(Unsafe.Add(ref a2, at));
            c20 = V.MultiplyAdd(b0, x, c20);
            c21 = V.MultiplyAdd(b1, x, c21);
            c22 = V.MultiplyAdd(b2, x, c22);
            c23 = V.MultiplyAdd(b3, x, c23);
            x = V.Broadcast(Unsafe.Add(ref a3, at));
            c30 = V.MultiplyAdd(b0, x, c30);
            c31 = V.MultiplyAdd(b1, x, c31);
            c32 = V.MultiplyAdd(b2, x, c32);
            c33 = V.MultiplyAdd(b3, x, c33);
            at += depthStride;
            b = ref Unsafe.Add(ref b, bStride);
            last = ref Unsafe.Add(ref last, lastStride);
        }

        Put<V, T>(ref c, c00, add);
        Put<V, T>(ref Unsafe.Add(ref c, V.Count), c01, add);
        Put<V, T>(ref Unsafe.Add(ref c, 2 * V.Count), c02, add);
        Put<V, T>(ref cLast, c03, add);
        c = ref Unsafe.Add(ref c, cStride);
        cLast = ref Unsafe.Add(ref cLast, cLastStride);
        Put<V, T>(ref c, c10, add);
        Put<V, T>(ref Unsafe.Add(ref c, V.Count), c11, add);
        Put<V, T>(ref Unsafe.Add(ref c, 2 * V.Count), c12, add);
        Put<V, T>(ref cLast, c13, add);
        c = ref Unsafe.Add(ref c, cStride);
        cLast = ref Unsafe.Add(ref cLast, cLastStride);
        Put<V, T>(ref c, c20, add);
        Put<V, T>(ref Unsafe.Add(ref c, V.Count), c21, add);
        Put<V, T>(ref Unsafe.Add(ref c, 2 * V.Count), c22, add);
        Put<V, T>(ref cLast, c23, add);
        c = ref Unsafe.Add(ref c, cStride);
        cLast = ref Unsafe.Add(ref cLast, cLastStride);
        Put<V, T>(ref c, c30, add);
        Put<V, T>(ref Unsafe.Add(ref c, V.Count), c31, add);
        Put<V, T>(ref Unsafe.Add(ref c, 2 * V.Count), c32, add);
        Put<V, T>(ref cLast, c33, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run4x2<V, T>(
        ref T a, nint rowStride, nint depthStride, ref T b, nint bStride, ref T last, nint lastStride, int k,
        ref T c, nint cStride, ref T cLast, nint cLastStride, bool add)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V c00 = V.Zero, c01 = V.Zero;
        V c10 = V.Zero, c11 = V.Zero;
        V c20 = V.Zero, c21 = V.Zero;
        V c30 = V.Zero, c31 = V.Zero;
        ref T a1 = ref Unsafe.Add(ref a, rowStride);
        ref T a2 = ref Unsafe.Add(ref a, 2 * rowStride);
        ref T a3 = ref Unsafe.Add(ref a, 3 * rowStride);
        nint at = 0;
        for (int p = 0; p < k; p++)
        {
            V b0 = V.Load(in b);
            V b1 = V.Load(in last);
            V x = V.Broadcast(Unsafe.Add(ref a, at));
            c00 = V.MultiplyAdd(b0, x, c00);
            c01 = V.MultiplyAdd(b1, x, c01);
            x = V.Broadcast(Unsafe.Add(ref a1, at));
            c10 = V.MultiplyAdd(b0, x, c10);
            c11 = V.MultiplyAdd(b1, x, c11);
            x = V.Broadcast(Unsafe.Add(ref a2, at));
            c20 = V.MultiplyAdd(b0, x, c20);
            c21 = V.MultiplyAdd(b1, x, c21);
            x = V.Broadcast(Unsafe.Add(ref a3, at));
            c30 = V.MultiplyAdd(b0, x, c30);
            c31 = V.MultiplyAdd(b1, x, c31);
            at += depthStride;
            b = ref Unsafe.Add(ref b, bStride);
            last = ref Unsafe.Add(ref last, lastStride);
        }

        Put<V, T>(ref c, c00, add);
        Put<V, T>(ref cLast, c01, add);
        c = ref Unsafe.Add(ref c, cStride);
        cLast = ref Unsafe.Add(ref cLast, cLastStride);
        Put<V, T>(ref c, c10, add);
        Put<V, T>(ref cLast, c11, add);
        c = ref Unsafe.Add(ref c, cStride);
        cLast = ref Unsafe.Add(ref cLast, cLastStride);
        Put<V, T>(ref c, c20, add);
        Put<V, T>(ref cLast, c21, add);
        c = ref Unsafe.Add(ref c, cStride);
        cLast = ref Unsafe.Add(ref cLast, cLastStride);
        Put<V, T>(ref c, c30, add);
        Put<V, T>(ref cLast, c31, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run8x1<V, T>(
        ref T a, nint rowStride, nint depthStride, ref T b, nint bStride, ref T last, nint lastStride, int k,
        ref T c, nint cStride, ref T cLast, nint cLastStride, bool add)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V c00 = V.Zero;
        V c10 = V.Zero;
        V c20 = V.Zero;
        V c30 = V.Zero;
        V c40 = V.Zero;
        V c50 = V.Zero;
        V c60 = V.Zero;
        V c70 = V.Zero;
        ref T a1 = ref Unsafe.Add(ref a, rowStride);
        ref T a2 = ref Unsafe.Add(ref a, 2 * rowStride);
        ref T a3 = ref Unsafe.Add(ref a, 3 * rowStride);
        ref T a4 = ref Unsafe.Add(ref a, 4 * rowStride);
        ref T a5 = ref Unsafe.Add(ref a, 5 * rowStride);
        ref T a6 = ref Unsafe.Add(ref a, 6 * rowStride);
        ref T a7 = ref Unsafe.Add(ref a, 7 * rowStride);
        nint at = 0;
        for (int p = 0; p < k; p++)
        {
            V b0 = V.Load(in last);
            V x = V.Broadcast(Unsafe.Add(ref a, at));
            c00 = V.MultiplyAdd(b0, x, c00);
            x = V.Broadcast(Unsafe.Add(ref a1, at));
            c10 = V.MultiplyAdd(b0, x, c10);
            x = V.Broadcast(Unsafe.Add(ref a2, at));
            c20 = V.MultiplyAdd(b0, x, c20);
            x = V.Broadcast(Unsafe.Add(ref a3, at));
            c30 = V.MultiplyAdd(b0, x, c30);
            x = V.Broadcast(Unsafe.Add(ref a4, at));
            c40 = V.MultiplyAdd(b0, x, c40);
            x = V.Broadcast(Unsafe.Add(ref a5, at));
            c50 = V.MultiplyAdd(b0, x, c50);
            x = V.Broadcast(Unsafe.Add(ref a6, at));
            c60 = V.MultiplyAdd(b0, x, c60);
            x = V.Broadcast(Unsafe.Add(ref a7, at));
            c70 = V.MultiplyAdd(b0, x, c70);
            at += depthStride;
            last = ref Unsafe.Add(ref last, lastStride);
        }

        Put<V, T>(ref cLast, c00, add);
        cLast = ref Unsafe.Add(ref cLast, cLastStride);
        Put<V, T>(ref cLast, c10, add);
        cLast = ref Unsafe.Add(ref cLast, cLastStride);
        Put<V, T>(ref cLast, c20, add);
        cLast = ref Unsafe.Add(ref cLast, cLastStride);
        Put<V, T>(ref cLast, c30, add);
        cLast = ref Unsafe.Add(ref cLast, cLastStride);
        Put<V, T>(ref cLast, c40, add);
        cLast = ref Unsafe.Add(ref cLast, cLastStride);
        Put<V, T>(ref cLast, c50, add);
        cLast = ref Unsafe.Add(ref cLast, cLastStride);
        Put<V, T>(ref cLast, c60, add);
        cLast = ref Unsafe.Add(ref cLast, cLastStride);
        Put<V, T>(ref cLast, c70, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run4x1<V, T>(
        ref T a, nint rowStride, nint depthStride, ref T b, nint bStride, ref T last, nint lastStride, int k,
        ref T c, nint cStride, ref T cLast, nint cLastStride, bool add)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V c00 = V.Zero;
        V c10 = V.Zero;
        V c20 = V.Zero;
        V c30 = V.Zero;
        ref T a1 = ref Unsafe.Add(ref a, rowStride);
        ref T a2 = ref Unsafe.Add(ref a, 2 * rowStride);
        ref T a3 = ref Unsafe.Add(ref a, 3 * rowStride);
        nint at = 0;
        for (int p = 0; p < k; p++)
        {
            V b0 = V.Load(in last);
            V x = V.Broadcast(Unsafe.Add(ref a, at));
            c00 = V.MultiplyAdd(b0, x, c00);
            x = V.Broadcast(Unsafe.Add(ref a1, at));
            c10 = V.MultiplyAdd(b0, x, c10);
            x = V.Broadcast(Unsafe.Add(ref a2, at));
            c20 = V.MultiplyAdd(b0, x, c20);
            x = V.Broadcast(Unsafe.Add(ref a3, at));
            c30 = V.MultiplyAdd(b0, x, c30);
            at += depthStride;
            last = ref Unsafe.Add(ref last, lastStride);
        }

        Put<V, T>(ref cLast, c00, add);
        cLast = ref Unsafe.Add(ref cLast, cLastStride);
        Put<V, T>(ref cLast, c10, add);
        cLast = ref Unsafe.Add(ref cLast, cLastStride);
        Put<V, T>(ref cLast, c20, add);
        cLast = ref Unsafe.Add(ref cLast, cLastStride);
        Put<V, T>(ref cLast, c30, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run1x4<V, T>(
        ref T a, nint rowStride, nint depthStride, ref T b, nint bStride, ref T last, nint lastStride, int k,
        ref T c, nint cStride, ref T cLast, nint cLastStride, bool add)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V c00 = V.Zero, c01 = V.Zero, c02 = V.Zero, c03 = V.Zero;
        nint at = 0;
        for (int p = 0; p < k; p++)
        {
            V b0 = V.Load(in b);
            V b1 = V.Load(in b, (nuint)V.Count);
            V b2 = V.Load(in b, 2 * (nuint)V.Count);
            V b3 = V.Load(in last);
            V x = V.Broadcast(Unsafe.Add(ref a, at));
            c00 = V.MultiplyAdd(b0, x, c00);
            c01 = V.MultiplyAdd(b1, x, c01);
            c02 = V.MultiplyAdd(b2, x, c02);
            c03 = V.MultiplyAdd(b3, x, c03);
            at += depthStride;
            b = ref Unsafe.Add(ref b, bStride);
            last = ref Unsafe.Add(ref last, lastStride);
        }

        Put<V, T>(ref c, c00, add);
        Put<V, T>(ref Unsafe.Add(ref c, V.Count), c01, add);
        Put<V, T>(ref Unsafe.Add(ref c, 2 * V.Count), c02, add);
        Put<V, T>(ref cLast, c03, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run1x2<V, T>(
        ref T a, nint rowStride, nint depthStride, ref T b, nint bStride, ref T last, nint lastStride, int k,
        ref T c, nint cStride, ref T cLast, nint cLastStride, bool add)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V c00 = V.Zero, c01 = V.Zero;
        nint at = 0;
        for (int p = 0; p < k; p++)
        {
            V b0 = V.Load(in b);
            V b1 = V.Load(in last);
            V x = V.Broadcast(Unsafe.Add(ref a, at));
            c00 = V.MultiplyAdd(b0, x, c00);
            c01 = V.MultiplyAdd(b1, x, c01);
            at += depthStride;
            b = ref Unsafe.Add(ref b, bStride);
            last = ref Unsafe.Add(ref last, lastStride);
        }

        Put<V, T>(ref c, c00, add);
        Put<V, T>(ref cLast, c01, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run1x1<V, T>(
        ref T a, nint rowStride, nint depthStride, ref T b, nint bStride, ref T last, nint lastStride, int k,
        ref T c, nint cStride, ref T cLast, nint cLastStride, bool add)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V c00 = V.Zero;
        nint at = 0;
        for (int p = 0; p < k; p++)
        {
            V b0 = V.Load(in last);
            V x = V.Broadcast(Unsafe.Add(ref a, at));
            c00 = V.MultiplyAdd(b0, x, c00);
            at += depthStride;
            last = ref Unsafe.Add(ref last, lastStride);
        }

        Put<V, T>(ref cLast, c00, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<V, T>(ref T c, V value, bool add)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (add)
        {
            value += V.Load(in c);
        }

        value.Store(ref c);
    }
}
