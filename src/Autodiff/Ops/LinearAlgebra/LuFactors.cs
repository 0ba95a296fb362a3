using System.Numerics;
using System.Numerics.Tensors;

namespace ProbNet.Autodiff;

/// <summary>P·A = L·U with partial pivoting, in place: L below the diagonal with ones on it, U above (Golub and Van Loan 2013, section 3.4).</summary>
internal static class LuFactors
{
    /// <summary>Factorises.</summary>
    /// <param name="a">The matrix [n, n], then the factors.</param>
    /// <param name="pivots">Which row each row was exchanged with, in turn.</param>
    /// <param name="n">Rows.</param>
    /// <param name="sign">The sign of the permutation.</param>
    /// <returns>The first column without a pivot, or −1 if there is none: the matrix is then singular, and the factors are of no use.</returns>
    public static int Factor<T>(Span<T> a, Span<int> pivots, int n, out int sign) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        sign = 1;
        for (int k = 0; k < n; k++)
        {
            int best = k;
            for (int i = k + 1; i < n; i++)
            {
                if (T.Abs(a[(i * n) + k]) > T.Abs(a[(best * n) + k]))
                {
                    best = i;
                }
            }

            pivots[k] = best;
            if (a[(best * n) + k] == T.Zero)
            {
                return k;
            }

            if (best != k)
            {
                sign = -sign;
                Exchange(a.Slice(k * n, n), a.Slice(best * n, n));
            }

            ReadOnlySpan<T> pivotRow = a[((k * n) + k + 1)..((k + 1) * n)];
            for (int i = k + 1; i < n; i++)
            {
                T factor = a[(i * n) + k] /= a[(k * n) + k];
                Span<T> rest = a[((i * n) + k + 1)..((i + 1) * n)];
                TensorPrimitives.MultiplyAdd(pivotRow, -factor, rest, rest);
            }
        }

        return -1;
    }

    /// <summary>Solves A·X = B in place, for B [n, k], with the factors of A.</summary>
    public static void Solve<T>(ReadOnlySpan<T> factors, ReadOnlySpan<int> pivots, Span<T> x, int n, int k) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < n; i++)
        {
            if (pivots[i] != i)
            {
                Exchange(x.Slice(i * k, k), x.Slice(pivots[i] * k, k));
            }
        }

        s_lower.Solve(factors, x, n, k, default, 0);
        s_upper.Solve(factors, x, n, k, default, 0);
    }

    /// <summary>The matrix [n, n] of ones on the diagonal.</summary>
    public static void Identity<T>(Span<T> x, int n) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        x.Clear();
        for (int i = 0; i < n; i++)
        {
            x[(i * n) + i] = T.One;
        }
    }

    private static readonly SolveTriangular s_lower = new(upper: false, transpose: false, unitDiagonal: true);
    private static readonly SolveTriangular s_upper = new(upper: true, transpose: false, unitDiagonal: false);

    private static void Exchange<T>(Span<T> a, Span<T> b)
    {
        for (int i = 0; i < a.Length; i++)
        {
            (a[i], b[i]) = (b[i], a[i]);
        }
    }
}
