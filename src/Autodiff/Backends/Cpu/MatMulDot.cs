using System.Numerics;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>y_i = Σ x_ip·v_p for a matrix with contiguous rows and a contiguous vector, with as many partial sums as a register has lanes.</summary>
internal static unsafe class MatMulDot
{
    /// <summary>y = X·v, or y += X·v; the elements of y are <paramref name="stride"/> apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<V, T>(T* x, nint rowStride, T* v, T* y, nint stride, int rows, int depth, bool accumulate)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int i = 0;
        for (; i + 4 <= rows; i += 4)
        {
            Four<V, T>(x, rowStride, v, y, stride, depth, accumulate);
            x += 4 * rowStride;
            y += 4 * stride;
        }

        for (; i < rows; i++)
        {
            V sum = V.Zero;
            int p = 0;
            for (; p + V.Count <= depth; p += V.Count)
            {
                sum = V.MultiplyAdd(V.Load(in *x, (nuint)p), V.Load(in *v, (nuint)p), sum);
            }

            if (p < depth)
            {
                sum = V.MultiplyAdd(V.LoadPart(x + p, depth - p), V.LoadPart(v + p, depth - p), sum);
            }

            Put(y, V.Sum(sum), accumulate);
            x += rowStride;
            y += stride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four<V, T>(T* x, nint rowStride, T* v, T* y, nint stride, int depth, bool accumulate)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V s0 = V.Zero, s1 = V.Zero, s2 = V.Zero, s3 = V.Zero;
        T* x1 = x + rowStride, x2 = x1 + rowStride, x3 = x2 + rowStride;
        int p = 0;
        for (; p + V.Count <= depth; p += V.Count)
        {
            V b = V.Load(in *v, (nuint)p);
            s0 = V.MultiplyAdd(V.Load(in *x, (nuint)p), b, s0);
            s1 = V.MultiplyAdd(V.Load(in *x1, (nuint)p), b, s1);
            s2 = V.MultiplyAdd(V.Load(in *x2, (nuint)p), b, s2);
            s3 = V.MultiplyAdd(V.Load(in *x3, (nuint)p), b, s3);
        }

        if (p < depth)
        {
            int lanes = depth - p;
            V b = V.LoadPart(v + p, lanes);
            s0 = V.MultiplyAdd(V.LoadPart(x + p, lanes), b, s0);
            s1 = V.MultiplyAdd(V.LoadPart(x1 + p, lanes), b, s1);
            s2 = V.MultiplyAdd(V.LoadPart(x2 + p, lanes), b, s2);
            s3 = V.MultiplyAdd(V.LoadPart(x3 + p, lanes), b, s3);
        }

        Put(y, V.Sum(s0), accumulate);
        Put(y + stride, V.Sum(s1), accumulate);
        Put(y + (2 * stride), V.Sum(s2), accumulate);
        Put(y + (3 * stride), V.Sum(s3), accumulate);
    }

    private static void Put<T>(T* y, T value, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => *y = accumulate ? *y + value : value;
}
