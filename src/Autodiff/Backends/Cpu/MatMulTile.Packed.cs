using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace ProbNet.Autodiff;

/// <content>The loop of large products: full blocks of packed operands, whose distances are constants.</content>
internal static unsafe partial class MatMulTile
{
    /// <summary>Steps of the depth by which B is fetched ahead of its use, from the second-level cache.</summary>
    private const int StepsAhead = 8;

    /// <summary>Bytes of a line of the cache.</summary>
    private const int Line = 64;

    /// <summary>
    /// As <see cref="Run{V, T, R, W}"/> for blocks of <see cref="Rows{V}"/> rows by two registers, with an A that is packed in panels of as many rows and a B
    /// that is packed in panels of two registers. Four steps of the depth at a time leave the processor's front end and its ports to the multiply-adds.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RunPacked<V, T>(MatMulRun<T>* run)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        nint rows = Rows<V>();
        T* aBlock = run->A, bBlock = run->B, c = run->C;
        byte* next = (byte*)run->Next;
        for (int block = run->Blocks; block > 0; block--)
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
            T* a = aBlock, b = bBlock;
            nint depth = run->Depth;

            // Two lines of something that is needed later are fetched with every four steps: first of this block of C, then of the next panel.
            byte* later = (byte*)c;
            nint stride = run->ResultStride * sizeof(T), count = Math.Min(rows, depth / 4);
            for (nint left = depth / 4; left > 0; left -= count, later = next, stride = 2 * Line, count = left)
            {
                for (nint i = count; i > 0; i--)
                {
                    if (Sse.IsSupported)
                    {
                        Sse.Prefetch1(later);
                        Sse.Prefetch1(later + Line);
                        later += stride;
                    }

                    Step<V, T>(
                        a, b,
                        ref c00, ref c01, ref c10, ref c11, ref c20, ref c21, ref c30, ref c31, ref c40, ref c41, ref c50, ref c51,
                        ref c60, ref c61, ref c70, ref c71, ref c80, ref c81, ref c90, ref c91, ref c100, ref c101, ref c110, ref c111);
                    Step<V, T>(
                        a + rows, b + (2 * V.Count),
                        ref c00, ref c01, ref c10, ref c11, ref c20, ref c21, ref c30, ref c31, ref c40, ref c41, ref c50, ref c51,
                        ref c60, ref c61, ref c70, ref c71, ref c80, ref c81, ref c90, ref c91, ref c100, ref c101, ref c110, ref c111);
                    Step<V, T>(
                        a + (2 * rows), b + (4 * V.Count),
                        ref c00, ref c01, ref c10, ref c11, ref c20, ref c21, ref c30, ref c31, ref c40, ref c41, ref c50, ref c51,
                        ref c60, ref c61, ref c70, ref c71, ref c80, ref c81, ref c90, ref c91, ref c100, ref c101, ref c110, ref c111);
                    Step<V, T>(
                        a + (3 * rows), b + (6 * V.Count),
                        ref c00, ref c01, ref c10, ref c11, ref c20, ref c21, ref c30, ref c31, ref c40, ref c41, ref c50, ref c51,
                        ref c60, ref c61, ref c70, ref c71, ref c80, ref c81, ref c90, ref c91, ref c100, ref c101, ref c110, ref c111);
                    a += 4 * rows;
                    b += 8 * V.Count;
                }
            }

            next += run->Share;
            depth %= 4;
            for (; depth > 0; depth--)
            {
                Step<V, T>(
                    a, b,
                    ref c00, ref c01, ref c10, ref c11, ref c20, ref c21, ref c30, ref c31, ref c40, ref c41, ref c50, ref c51,
                    ref c60, ref c61, ref c70, ref c71, ref c80, ref c81, ref c90, ref c91, ref c100, ref c101, ref c110, ref c111);
                a += rows;
                b += 2 * V.Count;
            }

            nint down = run->ResultStride;
            T* to = c;
            if (run->Accumulate)
            {
                Add<V, T>(to, c00, c01);
                Add<V, T>(to += down, c10, c11);
                Add<V, T>(to += down, c20, c21);
                Add<V, T>(to += down, c30, c31);
                Add<V, T>(to += down, c40, c41);
                Add<V, T>(to += down, c50, c51);
                if (sizeof(V) == 64)
                {
                    Add<V, T>(to += down, c60, c61);
                    Add<V, T>(to += down, c70, c71);
                    Add<V, T>(to += down, c80, c81);
                    Add<V, T>(to += down, c90, c91);
                    Add<V, T>(to += down, c100, c101);
                    Add<V, T>(to += down, c110, c111);
                }
            }
            else
            {
                Store<V, T, Size2>(to, c00, c01);
                Store<V, T, Size2>(to += down, c10, c11);
                Store<V, T, Size2>(to += down, c20, c21);
                Store<V, T, Size2>(to += down, c30, c31);
                Store<V, T, Size2>(to += down, c40, c41);
                Store<V, T, Size2>(to += down, c50, c51);
                if (sizeof(V) == 64)
                {
                    Store<V, T, Size2>(to += down, c60, c61);
                    Store<V, T, Size2>(to += down, c70, c71);
                    Store<V, T, Size2>(to += down, c80, c81);
                    Store<V, T, Size2>(to += down, c90, c91);
                    Store<V, T, Size2>(to += down, c100, c101);
                    Store<V, T, Size2>(to += down, c110, c111);
                }
            }

            aBlock += run->NextLeft;
            bBlock += run->NextRight;
            c += run->NextResult;
        }
    }

    /// <summary>One step of the depth: a row of B times each element of a column of A.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<V, T>(
        T* a, T* b,
        ref V c00, ref V c01, ref V c10, ref V c11, ref V c20, ref V c21, ref V c30, ref V c31, ref V c40, ref V c41, ref V c50, ref V c51,
        ref V c60, ref V c61, ref V c70, ref V c71, ref V c80, ref V c81, ref V c90, ref V c91, ref V c100, ref V c101, ref V c110, ref V c111)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(b + (StepsAhead * 2 * V.Count));
            if (sizeof(V) > 32)
            {
                Sse.Prefetch0(b + (((StepsAhead * 2) + 1) * V.Count));
            }
        }

        V b0 = V.Load(in *b), b1 = V.Load(in *b, (nuint)V.Count), x = V.Broadcast(a[0]);
        V.AddProduct(ref c00, b0, x);
        V.AddProduct(ref c01, b1, x);
        x = V.Broadcast(a[1]);
        V.AddProduct(ref c10, b0, x);
        V.AddProduct(ref c11, b1, x);
        x = V.Broadcast(a[2]);
        V.AddProduct(ref c20, b0, x);
        V.AddProduct(ref c21, b1, x);
        x = V.Broadcast(a[3]);
        V.AddProduct(ref c30, b0, x);
        V.AddProduct(ref c31, b1, x);
        x = V.Broadcast(a[4]);
        V.AddProduct(ref c40, b0, x);
        V.AddProduct(ref c41, b1, x);
        x = V.Broadcast(a[5]);
        V.AddProduct(ref c50, b0, x);
        V.AddProduct(ref c51, b1, x);
        if (sizeof(V) < 64)
        {
            return;
        }

        x = V.Broadcast(a[6]);
        V.AddProduct(ref c60, b0, x);
        V.AddProduct(ref c61, b1, x);
        x = V.Broadcast(a[7]);
        V.AddProduct(ref c70, b0, x);
        V.AddProduct(ref c71, b1, x);
        x = V.Broadcast(a[8]);
        V.AddProduct(ref c80, b0, x);
        V.AddProduct(ref c81, b1, x);
        x = V.Broadcast(a[9]);
        V.AddProduct(ref c90, b0, x);
        V.AddProduct(ref c91, b1, x);
        x = V.Broadcast(a[10]);
        V.AddProduct(ref c100, b0, x);
        V.AddProduct(ref c101, b1, x);
        x = V.Broadcast(a[11]);
        V.AddProduct(ref c110, b0, x);
        V.AddProduct(ref c111, b1, x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<V, T>(T* c, V left, V right)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Store<V, T, Size2>(c, left + V.Load(in *c), right + V.Load(in *c, (nuint)V.Count));
}
