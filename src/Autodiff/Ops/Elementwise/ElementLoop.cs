using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

/// <summary>The loop behind binary operations that have no SIMD form: integers, comparisons, logic, special functions.</summary>
internal static class ElementLoop
{
    /// <summary>The function of every pair of elements, operands broadcast against each other.</summary>
    public static TResult[] Binary<TKernel, T, TResult>(TKernel kernel, Tensor left, Tensor right, Shape shape)
        where TKernel : struct, IElementKernel<T, TResult>
        where T : unmanaged
        where TResult : unmanaged
    {
        T[] a = left.Data<T>(), b = right.Data<T>();
        TResult[] y = GC.AllocateUninitializedArray<TResult>(shape.Size);
        if (y.Length == 0)
        {
            return y;
        }

        if ((a.Length == y.Length || a.Length == 1) && (b.Length == y.Length || b.Length == 1))
        {
            Row<TKernel, T, TResult>(kernel, a, b, y);
            return y;
        }

        var rows = new BroadcastRows(shape, left.Shape, right.Shape);
        for (int row = 0; rows.MoveNext(); row += rows.Length)
        {
            Row<TKernel, T, TResult>(kernel, rows.Of(0, a), rows.Of(1, b), y.AsSpan(row, rows.Length));
        }

        return y;
    }

    // Optimised at the first call: these loops are short and many, and would run in the first tier for a long time.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Row<TKernel, T, TResult>(TKernel kernel, ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<TResult> y)
        where TKernel : struct, IElementKernel<T, TResult>
    {
        if (a.Length == y.Length && b.Length == y.Length)
        {
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = kernel.Apply(a[i], b[i]);
            }
        }
        else if (a.Length == y.Length)
        {
            T constant = b[0];
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = kernel.Apply(a[i], constant);
            }
        }
        else
        {
            T constant = a[0];
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = kernel.Apply(constant, b.Length == 1 ? b[0] : b[i]);
            }
        }
    }
}
