using System.Numerics;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>
/// The innermost loops of the packed matrix product: a tile of C stays in registers while the panels of A and B stream past. One row takes a
/// broadcast and two fused multiply-adds; the number of rows is what the registers of a width can hold.
/// </summary>
internal static class MatMulTile
{
    /// <summary>Rows of a tile: with 32 registers of 512 bits twelve, with 16 narrower ones six.</summary>
    public static int Rows<V>()
        where V : struct => Unsafe.SizeOf<V>() == 64 ? 12 : 6;

    /// <summary>C = A·B, or C += A·B, for one panel of A, [k, <see cref="Rows"/>], and one of B, [k, 2 registers].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<V, T>(ref T a, ref T b, int k, ref T c, nint stride, bool add)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Rows<V>() == 12)
        {
            Run12<V, T>(ref a, ref b, k, ref c, stride, add);
        }
        else
        {
            Run6<V, T>(ref a, ref b, k, ref c, stride, add);
        }
    }

    /// <summary>Twelve rows by two registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run12<V, T>(ref T a, ref T b, int k, ref T c, nint stride, bool add)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V c00 = V.Zero, c01 = V.Zero;
        V c10 = V.Zero, c11 = V.Zero;
        V c20 = V.Zero, c21 = V.Zero;
        V c30 = V.Zero, c31 = V.Zero;
        V c40 = V.Zero, c41 = V.Zero;
        V c50 = V.Zero, c51 = V.Zero;
        V c60 = V.Zero, c61 = V.Zero;
        V c70 = V.Zero, c71 = V.Zero;
        V c80 = V.Zero, c81 = V.Zero;
        V c90 = V.Zero, c91 = V.Zero;
        V c100 = V.Zero, c101 = V.Zero;
        V c110 = V.Zero, c111 = V.Zero;
        for (int p = 0; p < k; p++)
        {
            V b0 = V.Load(in b), b1 = V.Load(in b, (nuint)V.Count);
            V x = V.Broadcast(a);
            c00 = V.MultiplyAdd(b0, x, c00);
            c01 = V.MultiplyAdd(b1, x, c01);
            x = V.Broadcast(Unsafe.Add(ref a, 1));
            c10 = V.MultiplyAdd(b0, x, c10);
            c11 = V.MultiplyAdd(b1, x, c11);
            x = V.Broadcast(Unsafe.Add(ref a, 2));
            c20 = V.MultiplyAdd(b0, x, c20);
            c21 = V.MultiplyAdd(b1, x, c21);
            x = V.Broadcast(Unsafe.Add(ref a, 3));
            c30 = V.MultiplyAdd(b0, x, c30);
            c31 = V.MultiplyAdd(b1, x, c31);
            x = V.Broadcast(Unsafe.Add(ref a, 4));
            c40 = V.MultiplyAdd(b0, x, c40);
            c41 = V.MultiplyAdd(b1, x, c41);
            x = V.Broadcast(Unsafe.Add(ref a, 5));
            c50 = V.MultiplyAdd(b0, x, c50);
            c51 = V.MultiplyAdd(b1, x, c51);
            x = V.Broadcast(Unsafe.Add(ref a, 6));
            c60 = V.MultiplyAdd(b0, x, c60);
            c61 = V.MultiplyAdd(b1, x, c61);
            x = V.Broadcast(Unsafe.Add(ref a, 7));
            c70 = V.MultiplyAdd(b0, x, c70);
            c71 = V.MultiplyAdd(b1, x, c71);
            x = V.Broadcast(Unsafe.Add(ref a, 8));
            c80 = V.MultiplyAdd(b0, x, c80);
            c81 = V.MultiplyAdd(b1, x, c81);
            x = V.Broadcast(Unsafe.Add(ref a, 9));
            c90 = V.MultiplyAdd(b0, x, c90);
            c91 = V.MultiplyAdd(b1, x, c91);
            x = V.Broadcast(Unsafe.Add(ref a, 10));
            c100 = V.MultiplyAdd(b0, x, c100);
            c101 = V.MultiplyAdd(b1, x, c101);
            x = V.Broadcast(Unsafe.Add(ref a, 11));
            c110 = V.MultiplyAdd(b0, x, c110);
            c111 = V.MultiplyAdd(b1, x, c111);
            a = ref Unsafe.Add(ref a, 12);
            b = ref Unsafe.Add(ref b, 2 * V.Count);
        }

        Put<V, T>(ref c, c00, c01, add);
        c = ref Unsafe.Add(ref c, stride);
        Put<V, T>(ref c, c10, c11, add);
        c = ref Unsafe.Add(ref c, stride);
        Put<V, T>(ref c, c20, c21, add);
        c = ref Unsafe.Add(ref c, stride);
        Put<V, T>(ref c, c30, c31, add);
        c = ref Unsafe.Add(ref c, stride);
        Put<V, T>(ref c, c40, c41, add);
        c = ref Unsafe.Add(ref c, stride);
        Put<V, T>(ref c, c50, c51, add);
        c = ref Unsafe.Add(ref c, stride);
        Put<V, T>(ref c, c60, c61, add);
        c = ref Unsafe.Add(ref c, stride);
        Put<V, T>(ref c, c70, c71, add);
        c = ref Unsafe.Add(ref c, stride);
        Put<V, T>(ref c, c80, c81, add);
        c = ref Unsafe.Add(ref c, stride);
        Put<V, T>(ref c, c90, c91, add);
        c = ref Unsafe.Add(ref c, stride);
        Put<V, T>(ref c, c100, c101, add);
        c = ref Unsafe.Add(ref c, stride);
        Put<V, T>(ref c, c110, c111, add);
    }

    /// <summary>Six rows by two registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run6<V, T>(ref T a, ref T b, int k, ref T c, nint stride, bool add)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V c00 = V.Zero, c01 = V.Zero;
        V c10 = V.Zero, c11 = V.Zero;
        V c20 = V.Zero, c21 = V.Zero;
        V c30 = V.Zero, c31 = V.Zero;
        V c40 = V.Zero, c41 = V.Zero;
        V c50 = V.Zero, c51 = V.Zero;
        for (int p = 0; p < k; p++)
        {
            V b0 = V.Load(in b), b1 = V.Load(in b, (nuint)V.Count);
            V x = V.Broadcast(a);
            c00 = V.MultiplyAdd(b0, x, c00);
            c01 = V.MultiplyAdd(b1, x, c01);
            x = V.Broadcast(Unsafe.Add(ref a, 1));
            c10 = V.MultiplyAdd(b0, x, c10);
            c11 = V.MultiplyAdd(b1, x, c11);
            x = V.Broadcast(Unsafe.Add(ref a, 2));
            c20 = V.MultiplyAdd(b0, x, c20);
            c21 = V.MultiplyAdd(b1, x, c21);
            x = V.Broadcast(Unsafe.Add(ref a, 3));
            c30 = V.MultiplyAdd(b0, x, c30);
            c31 = V.MultiplyAdd(b1, x, c31);
            x = V.Broadcast(Unsafe.Add(ref a, 4));
            c40 = V.MultiplyAdd(b0, x, c40);
            c41 = V.MultiplyAdd(b1, x, c41);
            x = V.Broadcast(Unsafe.Add(ref a, 5));
            c50 = V.MultiplyAdd(b0, x, c50);
            c51 = V.MultiplyAdd(b1, x, c51);
            a = ref Unsafe.Add(ref a, 6);
            b = ref Unsafe.Add(ref b, 2 * V.Count);
        }

        Put<V, T>(ref c, c00, c01, add);
        c = ref Unsafe.Add(ref c, stride);
        Put<V, T>(ref c, c10, c11, add);
        c = ref Unsafe.Add(ref c, stride);
        Put<V, T>(ref c, c20, c21, add);
        c = ref Unsafe.Add(ref c, stride);
        Put<V, T>(ref c, c30, c31, add);
        c = ref Unsafe.Add(ref c, stride);
        Put<V, T>(ref c, c40, c41, add);
        c = ref Unsafe.Add(ref c, stride);
        Put<V, T>(ref c, c50, c51, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<V, T>(ref T c, V left, V right, bool add)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (add)
        {
            left += V.Load(in c);
            right += V.Load(in c, (nuint)V.Count);
        }

        left.Store(ref c);
        right.Store(ref c, (nuint)V.Count);
    }
}
