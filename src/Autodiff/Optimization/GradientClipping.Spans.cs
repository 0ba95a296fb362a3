using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ProbNet.Autodiff;

/// <content>The arithmetic on spans: of one gradient, or of a flat buffer of all, whose padding is zero and changes nothing.</content>
public static partial class GradientClipping
{
    /// <summary>Up to here one thread is faster than two.</summary>
    private const int Serial = 1 << 16;

    private const int MostTiles = 64;

    /// <summary>
    /// Limits gradients in place, first to a value and then to a norm, as the training loop does; the norm before, which if it is not finite leaves
    /// the gradients as they are.
    /// </summary>
    internal static double Prepare<T>(Span<T> gradient, double? clipValue, double? clipNorm) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double norm = Norm<T>(gradient), clipped = norm;
        if (!double.IsFinite(norm))
        {
            return norm;
        }

        if (clipValue is { } limit)
        {
            Clamp(gradient, limit);
            clipped = clipNorm is null ? norm : Norm<T>(gradient);
        }

        if (clipNorm is { } maxNorm && Coefficient(clipped, maxNorm) is < 1 and double coefficient)
        {
            Scale(gradient, coefficient);
        }

        return norm;
    }

    /// <summary>The L2 norm, summed in double precision; not finite exactly if an element is not.</summary>
    internal static double Norm<T>(ReadOnlySpan<T> values) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = SumOfSquares(values);
        if (IsInRange(sum))
        {
            return Math.Sqrt(sum);
        }

        double largest = Largest(values);
        return IsOrdinary(largest) ? Math.Sqrt(SumOfSquares(values, ScaleOf(largest))) / ScaleOf(largest) : largest;
    }

    /// <summary>Σ (scale·x)² in double precision; of many elements in tiles, whose sums are added in their order, on any number of threads.</summary>
    internal static unsafe double SumOfSquares<T>(ReadOnlySpan<T> values, double scale = 1) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (values.Length <= Serial)
        {
            return SumOfTile(values, scale);
        }

        double* sums = stackalloc double[MostTiles];
        fixed (T* start = values)
        {
            var job = new SquaresJob<T>(start, values.Length, scale, sums);
            Workers.Run(job.Tiles, ref job);
            double sum = 0;
            for (int tile = 0; tile < job.Tiles; tile++)
            {
                sum += sums[tile];
            }

            return sum;
        }
    }

    /// <summary>
    /// Σ (scale·x)² in double precision. Element i of the whole blocks of 16 goes to partial sum i mod 16, and these are added in a fixed order: the width
    /// of the machine's registers changes nothing.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SumOfTile<T>(ReadOnlySpan<T> values, double scale) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector256<double> factor = Vector256.Create(scale), a = Vector256<double>.Zero, b = a, c = a, d = a;
        ref T source = ref MemoryMarshal.GetReference(values);
        int whole = values.Length & ~15;
        for (int i = 0; i < whole; i += 16)
        {
            (Vector256<double> x, Vector256<double> y) = Eight(ref source, i);
            (Vector256<double> z, Vector256<double> w) = Eight(ref source, i + 8);
            x *= factor;
            y *= factor;
            z *= factor;
            w *= factor;
            a = Vector256.FusedMultiplyAdd(x, x, a);
            b = Vector256.FusedMultiplyAdd(y, y, b);
            c = Vector256.FusedMultiplyAdd(z, z, c);
            d = Vector256.FusedMultiplyAdd(w, w, d);
        }

        Vector256<double> lanes = a + b + (c + d);
        double sum = lanes[0] + lanes[1] + (lanes[2] + lanes[3]);
        for (int i = whole; i < values.Length; i++)
        {
            double x = double.CreateTruncating(values[i]) * scale;
            sum = Math.FusedMultiplyAdd(x, x, sum);
        }

        return sum;
    }

    /// <summary>What gradients of this norm are multiplied by, to have at most <paramref name="maxNorm"/>; 1 where the norm is not finite.</summary>
    internal static double Coefficient(double norm, double maxNorm) =>
        double.IsFinite(norm) ? Math.Min(1, maxNorm / (norm + NormGuard)) : 1;

    /// <summary>Multiplies in place.</summary>
    internal static void Scale<T>(Span<T> values, double coefficient) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        ElementwiseLoop.Binary<Multiply.Kernel, T>(values, [T.CreateTruncating(coefficient)], values);

    /// <summary>Limits to [−limit, limit] in place; NaN stays NaN.</summary>
    internal static void Clamp<T>(Span<T> values, double limit) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        ElementwiseLoop.Ternary<Clip.Kernel, T>(values, [T.CreateTruncating(-limit)], [T.CreateTruncating(limit)], values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<double> Lower, Vector256<double> Upper) Eight<T>(ref T source, int index) where T : unmanaged
    {
        if (typeof(T) == typeof(float))
        {
            Vector256<float> eight = Vector256.LoadUnsafe(ref Unsafe.As<T, float>(ref source), (nuint)index);
            return (Vector256.WidenLower(eight), Vector256.WidenUpper(eight));
        }

        ref double wide = ref Unsafe.As<T, double>(ref source);
        return (Vector256.LoadUnsafe(ref wide, (nuint)index), Vector256.LoadUnsafe(ref wide, (nuint)index + 4));
    }

    /// <summary>Whether the sum of squares has kept its precision.</summary>
    private static bool IsInRange(double sum) => sum is > 1e-290 and < double.PositiveInfinity;

    private static double Largest<T>(ReadOnlySpan<T> values) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        values.IsEmpty ? 0 : Math.Abs(double.CreateTruncating(TensorPrimitives.MaxMagnitude(values)));

    private static bool IsOrdinary(double largest) => largest > 0 && double.IsFinite(largest);

    /// <summary>A power of two that brings the squares into the range of double.</summary>
    private static double ScaleOf(double largest) => largest > 1 ? s_small : s_large;

    private readonly unsafe struct SquaresJob<T>(T* values, int length, double scale, double* sums) : ITileJob
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly int _tile = Math.Max(Serial / 4, ((length / MostTiles) + 16) & ~15);

        public int Tiles => ((length - 1) / _tile) + 1;

        public void Execute(int tile)
        {
            int start = tile * _tile;
            sums[tile] = SumOfTile(new ReadOnlySpan<T>(values + start, Math.Min(_tile, length - start)), scale);
        }
    }
}
