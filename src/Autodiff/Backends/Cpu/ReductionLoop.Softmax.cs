using System.Numerics;
using System.Runtime.CompilerServices;

namespace ProbNet.Autodiff;

// log Σ exp and softmax, shifted by the row's maximum. With a finite maximum m, exp(x − m) ≤ 1 and one term is 1, so that nothing overflows and
// the logarithm is of a number from 1 up. A maximum of ±∞ is not subtracted: log Σ exp is then ±∞ by itself. Softmax shares its mass equally
// among entries of +∞; where all are −∞ no entry has any, and a total of 1 stands for the empty one: masked attention wants zeros there.
internal static unsafe partial class ReductionLoop
{
    private enum RowFunction
    {
        LogSumExp,
        Softmax,
        LogSoftmax,
    }

    /// <summary>y[r] = log Σ exp x[r, ·]; −∞ for an empty row.</summary>
    public static void LogSumExpRows<T>(T* x, T* y, int rows, int columns, bool shared)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Exponential(RowFunction.LogSumExp, x, y, rows, columns, shared);

    /// <summary>y[r, c] = exp(x[r, c] − log Σ exp x[r, ·]).</summary>
    public static void SoftmaxRows<T>(T* x, T* y, int rows, int columns, bool shared)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Exponential(RowFunction.Softmax, x, y, rows, columns, shared);

    /// <summary>y[r, c] = x[r, c] − log Σ exp x[r, ·].</summary>
    public static void LogSoftmaxRows<T>(T* x, T* y, int rows, int columns, bool shared)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Exponential(RowFunction.LogSoftmax, x, y, rows, columns, shared);

    internal static void LogSumExpRows<V, T>(ReadOnlySpan<T> x, Span<T> y, int rows, int columns)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Exponential<V, T>(RowFunction.LogSumExp, x, y, rows, columns);

    internal static void SoftmaxRows<V, T>(ReadOnlySpan<T> x, Span<T> y, int rows, int columns)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Exponential<V, T>(RowFunction.Softmax, x, y, rows, columns);

    internal static void LogSoftmaxRows<V, T>(ReadOnlySpan<T> x, Span<T> y, int rows, int columns)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Exponential<V, T>(RowFunction.LogSoftmax, x, y, rows, columns);

    private static void Exponential<T>(RowFunction function, T* x, T* y, int rows, int columns, bool shared)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Simd.Use512)
        {
            Exponential<Lanes512<T>, T>(function, x, y, rows, columns, shared);
        }
        else if (Simd.Use256)
        {
            Exponential<Lanes256<T>, T>(function, x, y, rows, columns, shared);
        }
        else
        {
            Exponential<Lanes128<T>, T>(function, x, y, rows, columns, shared);
        }
    }

    private static void Exponential<V, T>(RowFunction function, T* x, T* y, int rows, int columns, bool shared)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var job = new ExponentialJob<V, T>(function, x, y, rows, columns);
        Share(job.Tiles, ref job, shared ? (long)rows * columns : 0);
    }

    private static void Exponential<V, T>(RowFunction function, ReadOnlySpan<T> x, Span<T> y, int rows, int columns)
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long elements = (long)rows * columns;
        Require(x.Length, elements, y.Length, function == RowFunction.LogSumExp ? rows : elements);
        fixed (T* from = x, to = y)
        {
            Exponential<V, T>(function, from, to, rows, columns, shared: true);
        }
    }

    private readonly struct ExponentialJob<V, T>(RowFunction function, T* x, T* y, int rows, int columns) : ITileJob
        where V : struct, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly int _rowsPerTile = RowsPerTile(columns, V.Count);

        public int Tiles => (int)(((long)rows + _rowsPerTile - 1) / _rowsPerTile);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Execute(int tile)
        {
            int end = (int)Math.Min(((long)tile + 1) * _rowsPerTile, rows);
            if (columns <= 2 * V.Count)
            {
                Span<T> block = stackalloc T[columns * V.Count];
                for (int r = tile * _rowsPerTile; r < end; r += V.Count)
                {
                    Short(r, Math.Min(V.Count, end - r), block);
                }

                return;
            }

            for (int r = tile * _rowsPerTile; r < end; r++)
            {
                Long(x + ((nint)r * columns), r);
            }
        }

        /// <summary>Short rows, one a lane.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Short(int row, int count, Span<T> block)
        {
            nint offset = (nint)row * columns;
            TransposeRows<V, T>(x + offset, count, columns, block);
            V max = FoldBlock<MaxReduction, V, T>(block, columns, V.Zero);
            V infinity = V.Constant(double.PositiveInfinity);
            V shift = V.Select(V.Less(V.Abs(max), infinity), max, V.Zero);
            if (function == RowFunction.LogSumExp)
            {
                V sum = FoldBlock<SumExpReduction, V, T>(block, columns, shift);
                StoreLanes(shift + VectorMath.Log<V, T>(sum), y + row, count);
                return;
            }

            V infinite = V.Equal(max, infinity);
            V total = Exponentials(block, shift, infinite);
            Finish(block, total);
            T* to = y + offset;
            for (int r = 0; r < count; r++)
            {
                for (int c = 0; c < columns; c++)
                {
                    *to++ = block[(c * V.Count) + r];
                }
            }
        }

        /// <summary>x becomes exp(x − shift) for softmax, x − shift for its logarithm; the sum of the exponentials is returned.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private V Exponentials(Span<T> block, V shift, V infinite)
        {
            V total = V.Zero, infinity = V.Constant(double.PositiveInfinity);
            bool softmax = function == RowFunction.Softmax;
            for (int c = 0; c < columns; c++)
            {
                ref T at = ref block[c * V.Count];
                V value = V.Load(in at);
                V shifted = V.Select(infinite, V.Select(V.Equal(value, infinity), V.Zero, -infinity), value - shift);
                V e = VectorMath.Exp<V, T>(shifted);
                total += e;
                (softmax ? e : shifted).Store(ref at);
            }

            return total;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Finish(Span<T> block, V total)
        {
            bool softmax = function == RowFunction.Softmax;
            total = V.Select(V.Equal(total, V.Zero), V.Constant(1), total);
            V log = softmax ? total : VectorMath.Log<V, T>(total);
            for (int c = 0; c < columns; c++)
            {
                ref T at = ref block[c * V.Count];
                V value = V.Load(in at);
                (softmax ? value / total : value - log).Store(ref at);
            }
        }

        /// <summary>One row that is long against a register.</summary>
        private void Long(T* row, int r)
        {
            T max = Fold<MaxReduction, V, T>(row, columns, T.Zero);
            T shift = T.IsFinite(max) ? max : T.Zero;
            if (function == RowFunction.LogSumExp)
            {
                y[r] = shift + T.Log(Fold<SumExpReduction, V, T>(row, columns, shift));
                return;
            }

            var from = new ReadOnlySpan<T>(row, columns);
            var to = new Span<T>(y + ((nint)r * columns), columns);
            if (T.IsPositiveInfinity(max))
            {
                InfiniteRow(from, to);
            }
            else if (function == RowFunction.Softmax)
            {
                ElementwiseLoop.Binary<ExpOfDifference, T, V>(from, new(in shift), to);
                fixed (T* exponentials = to)
                {
                    T sum = Fold<SumReduction, V, T>(exponentials, columns, T.Zero);
                    sum = sum == T.Zero ? T.One : sum;
                    ElementwiseLoop.Binary<Quotient, T, V>(to, new(in sum), to);
                }
            }
            else
            {
                T sum = Fold<SumExpReduction, V, T>(row, columns, shift);
                T log = T.Log(sum == T.Zero ? T.One : sum);
                ElementwiseLoop.Ternary<DifferenceOfThree, T, V>(from, new(in shift), new(in log), to);
            }
        }

        /// <summary>Equal mass for every +∞, none for the rest.</summary>
        private void InfiniteRow(ReadOnlySpan<T> from, Span<T> to)
        {
            int infinities = 0;
            foreach (T value in from)
            {
                infinities += T.IsPositiveInfinity(value) ? 1 : 0;
            }

            bool softmax = function == RowFunction.Softmax;
            T count = T.CreateTruncating(infinities);
            T share = softmax ? T.One / count : -T.Log(count), none = softmax ? T.Zero : T.NegativeInfinity;
            for (int c = 0; c < from.Length; c++)
            {
                to[c] = T.IsPositiveInfinity(from[c]) ? share : none;
            }
        }
    }

    private readonly struct ExpOfDifference : IBinaryKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, T>(V a, V b)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => VectorMath.Exp<V, T>(a - b);
    }

    private readonly struct Quotient : IBinaryKernel
    {
        public static V Apply<V, T>(V a, V b)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => a / b;
    }

    private readonly struct DifferenceOfThree : ITernaryKernel
    {
        public static V Apply<V, T>(V a, V b, V c)
            where V : struct, ILanes<V, T>
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => a - b - c;
    }
}
