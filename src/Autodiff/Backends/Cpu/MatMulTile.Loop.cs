using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace ProbNet.Autodiff;

/// <content>The loop itself.</content>
internal static unsafe partial class MatMulTile
{
    /// <summary>The depth from which there is time to fetch the block of C while the sums are made.</summary>
    private const int DepthToPrefetch = 128;

    /// <summary>C = A·B, or C += A·B, for equal blocks of <typeparamref name="R"/> rows by <typeparamref name="W"/> registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<V, T, R, W>(MatMulRun<T>* run)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where R : unmanaged
        where W : unmanaged
    {
        T* aBlock = run->A, bBlock = run->B, c = run->C;
        nint row = run->RowStride * sizeof(T), row2 = 2 * row, step = run->DepthStride * sizeof(T), width = run->RightStride * sizeof(T);
        for (int block = run->Blocks; block > 0; block--)
        {
            if (run->Depth >= DepthToPrefetch && Sse.IsSupported)
            {
                for (int r = 0; r < sizeof(R); r++)
                {
                    Sse.Prefetch0(c + (r * run->ResultStride));
                    Sse.Prefetch0(c + (r * run->ResultStride) + V.Count);
                }
            }

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
            byte* a0 = (byte*)aBlock, a3 = a0 + row + row2, a6 = a3 + row + row2, a9 = a6 + row + row2, b = (byte*)bBlock;
            for (nint p = run->Depth; p > 0; p--)
            {
                V b0 = V.Load(in *(T*)b);
                if (sizeof(W) > 1)
                {
                    V b1 = V.Load(in *(T*)b, (nuint)V.Count);
                    V x = V.Broadcast(*(T*)a0);
                    V.AddProduct(ref c00, b0, x);
                    V.AddProduct(ref c01, b1, x);

                    if (sizeof(R) > 1)
                    {
                        x = V.Broadcast(*(T*)(a0 + row));
                        V.AddProduct(ref c10, b0, x);
                        V.AddProduct(ref c11, b1, x);
                    }

                    if (sizeof(R) > 2)
                    {
                        x = V.Broadcast(*(T*)(a0 + row2));
                        V.AddProduct(ref c20, b0, x);
                        V.AddProduct(ref c21, b1, x);
                    }

                    if (sizeof(R) > 3)
                    {
                        x = V.Broadcast(*(T*)a3);
                        V.AddProduct(ref c30, b0, x);
                        V.AddProduct(ref c31, b1, x);
                    }

                    if (sizeof(R) > 4)
                    {
                        x = V.Broadcast(*(T*)(a3 + row));
                        V.AddProduct(ref c40, b0, x);
                        V.AddProduct(ref c41, b1, x);
                    }

                    if (sizeof(R) > 5)
                    {
                        x = V.Broadcast(*(T*)(a3 + row2));
                        V.AddProduct(ref c50, b0, x);
                        V.AddProduct(ref c51, b1, x);
                    }

                    if (sizeof(R) > 6)
                    {
                        x = V.Broadcast(*(T*)a6);
                        V.AddProduct(ref c60, b0, x);
                        V.AddProduct(ref c61, b1, x);
                    }

                    if (sizeof(R) > 7)
                    {
                        x = V.Broadcast(*(T*)(a6 + row));
                        V.AddProduct(ref c70, b0, x);
                        V.AddProduct(ref c71, b1, x);
                    }

                    if (sizeof(R) > 8)
                    {
                        x = V.Broadcast(*(T*)(a6 + row2));
                        V.AddProduct(ref c80, b0, x);
                        V.AddProduct(ref c81, b1, x);
                    }

                    if (sizeof(R) > 9)
                    {
                        x = V.Broadcast(*(T*)a9);
                        V.AddProduct(ref c90, b0, x);
                        V.AddProduct(ref c91, b1, x);
                    }

                    if (sizeof(R) > 10)
                    {
                        x = V.Broadcast(*(T*)(a9 + row));
                        V.AddProduct(ref c100, b0, x);
                        V.AddProduct(ref c101, b1, x);
                    }

                    if (sizeof(R) > 11)
                    {
                        x = V.Broadcast(*(T*)(a9 + row2));
                        V.AddProduct(ref c110, b0, x);
                        V.AddProduct(ref c111, b1, x);
                    }
                }
                else
                {
                    V.AddProduct(ref c00, b0, V.Broadcast(*(T*)a0));

                    if (sizeof(R) > 1)
                    {
                        V.AddProduct(ref c10, b0, V.Broadcast(*(T*)(a0 + row)));
                    }

                    if (sizeof(R) > 2)
                    {
                        V.AddProduct(ref c20, b0, V.Broadcast(*(T*)(a0 + row2)));
                    }

                    if (sizeof(R) > 3)
                    {
                        V.AddProduct(ref c30, b0, V.Broadcast(*(T*)a3));
                    }

                    if (sizeof(R) > 4)
                    {
                        V.AddProduct(ref c40, b0, V.Broadcast(*(T*)(a3 + row)));
                    }

                    if (sizeof(R) > 5)
                    {
                        V.AddProduct(ref c50, b0, V.Broadcast(*(T*)(a3 + row2)));
                    }

                    if (sizeof(R) > 6)
                    {
                        V.AddProduct(ref c60, b0, V.Broadcast(*(T*)a6));
                    }

                    if (sizeof(R) > 7)
                    {
                        V.AddProduct(ref c70, b0, V.Broadcast(*(T*)(a6 + row)));
                    }

                    if (sizeof(R) > 8)
                    {
                        V.AddProduct(ref c80, b0, V.Broadcast(*(T*)(a6 + row2)));
                    }

                    if (sizeof(R) > 9)
                    {
                        V.AddProduct(ref c90, b0, V.Broadcast(*(T*)a9));
                    }

                    if (sizeof(R) > 10)
                    {
                        V.AddProduct(ref c100, b0, V.Broadcast(*(T*)(a9 + row)));
                    }

                    if (sizeof(R) > 11)
                    {
                        V.AddProduct(ref c110, b0, V.Broadcast(*(T*)(a9 + row2)));
                    }
                }

                a0 += step;
                a3 += step;
                a6 += step;
                a9 += step;
                b += width;
            }

            T* to = c;
            nint down = run->ResultStride;
            if (run->Accumulate || run->Lanes < V.Count)
            {
                Put<V, T, W>(run, to, c00, c01);
                if (sizeof(R) > 1)
                {
                    Put<V, T, W>(run, to += down, c10, c11);
                }

                if (sizeof(R) > 2)
                {
                    Put<V, T, W>(run, to += down, c20, c21);
                }

                if (sizeof(R) > 3)
                {
                    Put<V, T, W>(run, to += down, c30, c31);
                }

                if (sizeof(R) > 4)
                {
                    Put<V, T, W>(run, to += down, c40, c41);
                }

                if (sizeof(R) > 5)
                {
                    Put<V, T, W>(run, to += down, c50, c51);
                }

                if (sizeof(R) > 6)
                {
                    Put<V, T, W>(run, to += down, c60, c61);
                }

                if (sizeof(R) > 7)
                {
                    Put<V, T, W>(run, to += down, c70, c71);
                }

                if (sizeof(R) > 8)
                {
                    Put<V, T, W>(run, to += down, c80, c81);
                }

                if (sizeof(R) > 9)
                {
                    Put<V, T, W>(run, to += down, c90, c91);
                }

                if (sizeof(R) > 10)
                {
                    Put<V, T, W>(run, to += down, c100, c101);
                }

                if (sizeof(R) > 11)
                {
                    Put<V, T, W>(run, to += down, c110, c111);
                }
            }
            else
            {
                Store<V, T, W>(to, c00, c01);
                if (sizeof(R) > 1)
                {
                    Store<V, T, W>(to += down, c10, c11);
                }

                if (sizeof(R) > 2)
                {
                    Store<V, T, W>(to += down, c20, c21);
                }

                if (sizeof(R) > 3)
                {
                    Store<V, T, W>(to += down, c30, c31);
                }

                if (sizeof(R) > 4)
                {
                    Store<V, T, W>(to += down, c40, c41);
                }

                if (sizeof(R) > 5)
                {
                    Store<V, T, W>(to += down, c50, c51);
                }

                if (sizeof(R) > 6)
                {
                    Store<V, T, W>(to += down, c60, c61);
                }

                if (sizeof(R) > 7)
                {
                    Store<V, T, W>(to += down, c70, c71);
                }

                if (sizeof(R) > 8)
                {
                    Store<V, T, W>(to += down, c80, c81);
                }

                if (sizeof(R) > 9)
                {
                    Store<V, T, W>(to += down, c90, c91);
                }

                if (sizeof(R) > 10)
                {
                    Store<V, T, W>(to += down, c100, c101);
                }

                if (sizeof(R) > 11)
                {
                    Store<V, T, W>(to += down, c110, c111);
                }
            }

            aBlock += run->NextLeft;
            bBlock += run->NextRight;
            c += run->NextResult;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<V, T, W>(T* c, V left, V right)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where W : unmanaged
    {
        left.Store(ref *c);
        if (sizeof(W) > 1)
        {
            right.Store(ref *c, (nuint)V.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<V, T, W>(MatMulRun<T>* run, T* c, V left, V right)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where W : unmanaged
    {
        if (sizeof(W) > 1)
        {
            left = run->Accumulate ? left + V.Load(in *c) : left;
            left.Store(ref *c);
            PutLast(run, c + V.Count, right);
        }
        else
        {
            PutLast(run, c, left);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PutLast<V, T>(MatMulRun<T>* run, T* c, V value)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (run->Lanes == V.Count)
        {
            value = run->Accumulate ? value + V.Load(in *c) : value;
            value.Store(ref *c);
        }
        else
        {
            value = run->Accumulate ? value + V.LoadPart(c, run->Lanes) : value;
            value.StorePart(c, run->Lanes);
        }
    }
}
