using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using ProbNet.Autodiff;

namespace ProbNet.Benchmarks;

/// <summary>
/// What one core can do at most: fused multiply-adds on registers alone, with more independent sums than the latency needs. The clock depends on
/// the load of the machine, so the probe is run beside the kernels that are set against it.
/// </summary>
internal static class PeakProbe
{
    private const int Rounds = 20_000;
    private const int Repeats = 15;

    /// <summary>The best of some milliseconds on the calling thread, in 10⁹ floating-point operations a second.</summary>
    internal static double FmaGigaflops<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Simd.Use512 ? Best<Lanes512<T>, T>(24) : Simd.Use256 ? Best<Lanes256<T>, T>(12) : Best<Lanes128<T>, T>(12);

    private static double Best<V, T>(int sums)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double best = 0;
        for (int repeat = 0; repeat < Repeats; repeat++)
        {
            long start = Stopwatch.GetTimestamp();
            T sum = sums == 24 ? Sums24<V, T>(Rounds) : Sums12<V, T>(Rounds);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            GC.KeepAlive(sum);
            best = Math.Max(best, 2.0 * sums * V.Count * Rounds / seconds / 1e9);
        }

        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Sums24<V, T>(int rounds)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V x = V.Constant(0.999), y = V.Constant(0.001);
        V s0 = V.Constant(0), s1 = V.Constant(1), s2 = V.Constant(2), s3 = V.Constant(3), s4 = V.Constant(4), s5 = V.Constant(5);
        V s6 = V.Constant(6), s7 = V.Constant(7), s8 = V.Constant(8), s9 = V.Constant(9), s10 = V.Constant(10), s11 = V.Constant(11);
        V s12 = V.Constant(12), s13 = V.Constant(13), s14 = V.Constant(14), s15 = V.Constant(15), s16 = V.Constant(16), s17 = V.Constant(17);
        V s18 = V.Constant(18), s19 = V.Constant(19), s20 = V.Constant(20), s21 = V.Constant(21), s22 = V.Constant(22), s23 = V.Constant(23);
        for (int round = 0; round < rounds; round++)
        {
            s0 = V.MultiplyAdd(s0, x, y);
            s1 = V.MultiplyAdd(s1, x, y);
            s2 = V.MultiplyAdd(s2, x, y);
            s3 = V.MultiplyAdd(s3, x, y);
            s4 = V.MultiplyAdd(s4, x, y);
            s5 = V.MultiplyAdd(s5, x, y);
            s6 = V.MultiplyAdd(s6, x, y);
            s7 = V.MultiplyAdd(s7, x, y);
            s8 = V.MultiplyAdd(s8, x, y);
            s9 = V.MultiplyAdd(s9, x, y);
            s10 = V.MultiplyAdd(s10, x, y);
            s11 = V.MultiplyAdd(s11, x, y);
            s12 = V.MultiplyAdd(s12, x, y);
            s13 = V.MultiplyAdd(s13, x, y);
            s14 = V.MultiplyAdd(s14, x, y);
            s15 = V.MultiplyAdd(s15, x, y);
            s16 = V.MultiplyAdd(s16, x, y);
            s17 = V.MultiplyAdd(s17, x, y);
            s18 = V.MultiplyAdd(s18, x, y);
            s19 = V.MultiplyAdd(s19, x, y);
            s20 = V.MultiplyAdd(s20, x, y);
            s21 = V.MultiplyAdd(s21, x, y);
            s22 = V.MultiplyAdd(s22, x, y);
            s23 = V.MultiplyAdd(s23, x, y);
        }

        return V.Sum(s0 + s1 + s2 + s3 + s4 + s5
            + s6 + s7 + s8 + s9 + s10 + s11
            + s12 + s13 + s14 + s15 + s16 + s17
            + s18 + s19 + s20 + s21 + s22 + s23);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Sums12<V, T>(int rounds)
        where V : unmanaged, ILanes<V, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V x = V.Constant(0.999), y = V.Constant(0.001);
        V s0 = V.Constant(0), s1 = V.Constant(1), s2 = V.Constant(2), s3 = V.Constant(3), s4 = V.Constant(4), s5 = V.Constant(5);
        V s6 = V.Constant(6), s7 = V.Constant(7), s8 = V.Constant(8), s9 = V.Constant(9), s10 = V.Constant(10), s11 = V.Constant(11);
        for (int round = 0; round < rounds; round++)
        {
            s0 = V.MultiplyAdd(s0, x, y);
            s1 = V.MultiplyAdd(s1, x, y);
            s2 = V.MultiplyAdd(s2, x, y);
            s3 = V.MultiplyAdd(s3, x, y);
            s4 = V.MultiplyAdd(s4, x, y);
            s5 = V.MultiplyAdd(s5, x, y);
            s6 = V.MultiplyAdd(s6, x, y);
            s7 = V.MultiplyAdd(s7, x, y);
            s8 = V.MultiplyAdd(s8, x, y);
            s9 = V.MultiplyAdd(s9, x, y);
            s10 = V.MultiplyAdd(s10, x, y);
            s11 = V.MultiplyAdd(s11, x, y);
        }

        return V.Sum(s0 + s1 + s2 + s3 + s4 + s5
            + s6 + s7 + s8 + s9 + s10 + s11);
    }
}
