using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>C = op(A)·op(B), row-major, where op may transpose: op(A) is [m, k], op(B) is [k, n].</summary>
internal static class MatMulKernel
{
    public static void Run<T>(
        bool transposeA, bool transposeB, int m, int n, int k,
        T[] a, int aOffset, T[] b, int bOffset, T[] c, int cOffset, bool accumulate = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Naive(transposeA, transposeB, m, n, k, a, aOffset, b, bOffset, c, cOffset, accumulate);

    /// <summary>As <see cref="Run"/>, over <paramref name="batch"/> matrices; a stride of 0 shares the operand.</summary>
    public static void RunBatched<T>(
        bool transposeA, bool transposeB, int m, int n, int k,
        T[] a, int aOffset, T[] b, int bOffset, T[] c, int cOffset,
        int batch, long aStride, long bStride, long cStride, bool accumulate = false)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < batch; i++)
        {
            Run(
                transposeA, transposeB, m, n, k, a, aOffset + (int)(i * aStride), b, bOffset + (int)(i * bStride),
                c, cOffset + (int)(i * cStride), accumulate);
        }
    }

    /// <summary>The same for integers.</summary>
    public static void RunInteger<T>(
        bool transposeA, bool transposeB, int m, int n, int k,
        T[] a, int aOffset, T[] b, int bOffset, T[] c, int cOffset, bool accumulate = false)
        where T : unmanaged, IBinaryInteger<T> =>
        Naive(transposeA, transposeB, m, n, k, a, aOffset, b, bOffset, c, cOffset, accumulate);

    private static void Naive<T>(
        bool transposeA, bool transposeB, int m, int n, int k,
        T[] a, int aOffset, T[] b, int bOffset, T[] c, int cOffset, bool accumulate)
        where T : unmanaged, INumberBase<T>
    {
        (int aRow, int aColumn) = transposeA ? (1, m) : (k, 1);
        (int bRow, int bColumn) = transposeB ? (1, k) : (n, 1);
        for (int i = 0; i < m; i++)
        {
            Span<T> row = c.AsSpan(cOffset + (i * n), n);
            if (!accumulate)
            {
                row.Clear();
            }

            for (int p = 0; p < k; p++)
            {
                T scale = a[aOffset + (i * aRow) + (p * aColumn)];
                for (int j = 0; j < row.Length; j++)
                {
                    row[j] += scale * b[bOffset + (p * bRow) + (j * bColumn)];
                }
            }
        }
    }
}
