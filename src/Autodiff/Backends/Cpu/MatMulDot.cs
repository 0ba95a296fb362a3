using System.Numerics;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>
/// Products with so few columns that broadcasts would leave most lanes empty: y_ij = Σ x_ip·v_jp for matrices with contiguous rows, with as many
/// partial sums as a register has lanes.
/// </summary>
internal static unsafe class MatMulDot
{
    private const int MostColumns = 4;
    private const int LeastDepth = 16;

    /// <summary>Whether a product of this shape, with contiguous rows on the left, is one of these.</summary>
    public static bool Suits(int n, int k) => n == 1 || (n <= MostColumns && k >= LeastDepth);

    /// <summary>
    /// Y = X·Vᵀ, or Y += X·Vᵀ: X is [<paramref name="rows"/>, <paramref name="depth"/>], V is [<paramref name="columns"/>, depth], both with
    /// contiguous rows; Y has any strides.
    /// </summary>
    public static void Run<V, T>(MatrixView<T> x, MatrixView<T> v, MatrixView<T> y, int rows, int columns, int depth, bool accumulate)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int j = 0; j < columns; j++)
        {
            Column<V, T>(x, v.At(j, 0), y.From(0, j), rows, depth, accumulate);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Column<V, T>(MatrixView<T> x, T* v, MatrixView<T> y, int rows, int depth, bool accumulate)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T* sums = stackalloc T[4];
        T* to = y.Start;
        for (int i = 0; i < rows; i += 4)
        {
            // Past the end, a row is summed again: its sum is dropped.
            int count = Math.Min(4, rows - i);
            T* x0 = x.At(i, 0), x1 = count > 1 ? x0 + x.RowStride : x0;
            T* x2 = count > 2 ? x1 + x.RowStride : x0, x3 = count > 3 ? x2 + x.RowStride : x0;
            V s0 = V.Zero, s1 = V.Zero, s2 = V.Zero, s3 = V.Zero;
            int p = 0;
            for (; p + V.Count <= depth; p += V.Count)
            {
                V b = V.Load(in *v, (nuint)p);
                V.AddProduct(ref s0, V.Load(in *x0, (nuint)p), b);
                V.AddProduct(ref s1, V.Load(in *x1, (nuint)p), b);
                V.AddProduct(ref s2, V.Load(in *x2, (nuint)p), b);
                V.AddProduct(ref s3, V.Load(in *x3, (nuint)p), b);
            }

            if (p < depth)
            {
                int lanes = depth - p;
                V b = V.LoadPart(v + p, lanes);
                V.AddProduct(ref s0, V.LoadPart(x0 + p, lanes), b);
                V.AddProduct(ref s1, V.LoadPart(x1 + p, lanes), b);
                V.AddProduct(ref s2, V.LoadPart(x2 + p, lanes), b);
                V.AddProduct(ref s3, V.LoadPart(x3 + p, lanes), b);
            }

            V.Sums(s0, s1, s2, s3, sums);
            for (int r = 0; r < count; r++)
            {
                *to = accumulate ? *to + sums[r] : sums[r];
                to += y.RowStride;
            }
        }
    }
}
