using System.Numerics;

namespace ProbNet.Autodiff;

/// <summary>Reductions over the last axis (rows) and over a middle axis of [outer, reduce, inner]. An empty axis gives the identity.</summary>
internal static class ReductionLoop
{
    /// <summary>y[r] = Σ x[r, ·].</summary>
    public static void SumRows<T>(ReadOnlySpan<T> x, Span<T> y, int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Rows<T, SumStep<T>>(x, y, rows, columns);

    /// <summary>y[r] = Σ x[r, ·]².</summary>
    public static void SumSquaresRows<T>(ReadOnlySpan<T> x, Span<T> y, int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Rows<T, SumSquaresStep<T>>(x, y, rows, columns);

    /// <summary>y[r] = max x[r, ·]; NaN if the row holds one.</summary>
    public static void MaxRows<T>(ReadOnlySpan<T> x, Span<T> y, int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Rows<T, MaxStep<T>>(x, y, rows, columns);

    /// <summary>y[r] = min x[r, ·]; NaN if the row holds one.</summary>
    public static void MinRows<T>(ReadOnlySpan<T> x, Span<T> y, int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Rows<T, MinStep<T>>(x, y, rows, columns);

    /// <summary>y[o, i] = Σ x[o, ·, i].</summary>
    public static void SumMiddle<T>(ReadOnlySpan<T> x, Span<T> y, int outer, int reduce, int inner)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Middle<T, SumStep<T>>(x, y, outer, reduce, inner);

    /// <summary>y[o, i] = Σ x[o, ·, i]².</summary>
    public static void SumSquaresMiddle<T>(ReadOnlySpan<T> x, Span<T> y, int outer, int reduce, int inner)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Middle<T, SumSquaresStep<T>>(x, y, outer, reduce, inner);

    /// <summary>y[o, i] = max x[o, ·, i]; NaN if one is among them.</summary>
    public static void MaxMiddle<T>(ReadOnlySpan<T> x, Span<T> y, int outer, int reduce, int inner)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Middle<T, MaxStep<T>>(x, y, outer, reduce, inner);

    /// <summary>y[o, i] = min x[o, ·, i]; NaN if one is among them.</summary>
    public static void MinMiddle<T>(ReadOnlySpan<T> x, Span<T> y, int outer, int reduce, int inner)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Middle<T, MinStep<T>>(x, y, outer, reduce, inner);

    /// <summary>y[r] = log Σ exp x[r, ·], shifted by the row's maximum.</summary>
    public static void LogSumExpRows<T>(ReadOnlySpan<T> x, Span<T> y, int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int r = 0; r < rows; r++)
        {
            y[r] = LogSumExp(x.Slice(r * columns, columns));
        }
    }

    /// <summary>y[r, c] = exp(x[r, c] − logsumexp x[r, ·]).</summary>
    public static void SoftmaxRows<T>(ReadOnlySpan<T> x, Span<T> y, int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        LogSoftmaxRows(x, y, rows, columns);
        for (int i = 0; i < rows * columns; i++)
        {
            y[i] = T.Exp(y[i]);
        }
    }

    /// <summary>y[r, c] = x[r, c] − logsumexp x[r, ·].</summary>
    public static void LogSoftmaxRows<T>(ReadOnlySpan<T> x, Span<T> y, int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int r = 0; r < rows; r++)
        {
            T logSum = LogSumExp(x.Slice(r * columns, columns));
            for (int c = 0; c < columns; c++)
            {
                y[(r * columns) + c] = x[(r * columns) + c] - logSum;
            }
        }
    }

    private static T LogSumExp<T>(ReadOnlySpan<T> row)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T max = T.NegativeInfinity;
        foreach (T value in row)
        {
            max = T.Max(max, value);
        }

        if (!T.IsFinite(max))
        {
            return max;
        }

        T sum = T.Zero;
        foreach (T value in row)
        {
            sum += T.Exp(value - max);
        }

        return max + T.Log(sum);
    }

    private static void Rows<T, S>(ReadOnlySpan<T> x, Span<T> y, int rows, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where S : struct, IStep<T>
    {
        for (int r = 0; r < rows; r++)
        {
            T total = S.Identity;
            foreach (T value in x.Slice(r * columns, columns))
            {
                total = S.Add(total, value);
            }

            y[r] = total;
        }
    }

    private static void Middle<T, S>(ReadOnlySpan<T> x, Span<T> y, int outer, int reduce, int inner)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where S : struct, IStep<T>
    {
        for (int o = 0; o < outer; o++)
        {
            for (int i = 0; i < inner; i++)
            {
                T total = S.Identity;
                for (int r = 0; r < reduce; r++)
                {
                    total = S.Add(total, x[(((o * reduce) + r) * inner) + i]);
                }

                y[(o * inner) + i] = total;
            }
        }
    }

    private interface IStep<T>
    {
        static abstract T Identity { get; }

        static abstract T Add(T total, T value);
    }

    private readonly struct SumStep<T> : IStep<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static T Identity => T.Zero;

        public static T Add(T total, T value) => total + value;
    }

    private readonly struct SumSquaresStep<T> : IStep<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static T Identity => T.Zero;

        public static T Add(T total, T value) => total + (value * value);
    }

    private readonly struct MaxStep<T> : IStep<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static T Identity => T.NegativeInfinity;

        public static T Add(T total, T value) => T.Max(total, value);
    }

    private readonly struct MinStep<T> : IStep<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public static T Identity => T.PositiveInfinity;

        public static T Add(T total, T value) => T.Min(total, value);
    }
}
