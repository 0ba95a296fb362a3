using System.Diagnostics;
using System.Numerics;
using ProbNet.Autodiff;

namespace ProbNet.Benchmarks;

/// <summary>How fast a matrix product is, in 10⁹ floating-point operations a second.</summary>
/// <param name="Median">The median of slices of some milliseconds.</param>
/// <param name="Best">The fastest slice.</param>
/// <param name="Peak">The median of the fused multiply-adds that one core could do beside the slices.</param>
/// <param name="PeakFraction">The median of a slice's rate over the peak beside it, times the threads.</param>
internal sealed record MatMulRate(double Median, double Best, double Peak, double PeakFraction)
{
    private const int FewestSlices = 5;

    // Small products are repeated until a slice takes about so long on one core.
    private const double SliceSeconds = 0.004;
    private const double TypicalGigaflops = 50;

    /// <summary>
    /// Multiplies [m, k]·[k, n] on the threads that are set. The clock swings with the load of the machine, so the peak is measured before and after each slice, and the
    /// fractions' median is taken.
    /// </summary>
    public static MatMulRate Measure<T>(int m, int n, int k, double seconds)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        DType dtype = DTypeExtensions.Of<T>();
        T[] left = RandomKey.FromSeed(1).Normal([m, k], dtype).ToArray<T>(), right = RandomKey.FromSeed(2).Normal([k, n], dtype).ToArray<T>(), result = new T[m * n];
        double operations = 2e-9 * m * n * k;
        int products = Math.Max(1, (int)(SliceSeconds * TypicalGigaflops / operations));
        var rates = new List<double>();
        var fractions = new List<double>();
        var peaks = new List<double> { PeakProbe.FmaGigaflops<T>() };
        long start = Stopwatch.GetTimestamp();
        while (rates.Count < FewestSlices || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
        {
            long before = Stopwatch.GetTimestamp();
            for (int i = 0; i < products; i++)
            {
                MatMulKernel.Run(false, false, m, n, k, left, 0, right, 0, result, 0);
            }

            rates.Add(products * operations / Stopwatch.GetElapsedTime(before).TotalSeconds);
            peaks.Add(PeakProbe.FmaGigaflops<T>());
            fractions.Add(rates[^1] / (Workers.Threads * (peaks[^1] + peaks[^2]) / 2));
        }

        return new(MedianOf(rates), rates.Max(), MedianOf(peaks), MedianOf(fractions));
    }

    private static double MedianOf(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
