using System.Diagnostics;

namespace ProbNet.Benchmarks;

/// <summary>Times of single training steps after warm-up.</summary>
/// <param name="MedianMicroseconds">The median of all steps.</param>
/// <param name="MinMicroseconds">The fastest step.</param>
/// <param name="Steps">How many steps were timed.</param>
/// <param name="AllocatedBytesPerStep">Managed bytes that all threads allocated, over the steps.</param>
internal sealed record StepTiming(double MedianMicroseconds, double MinMicroseconds, int Steps, double AllocatedBytesPerStep)
{
    private const int WarmUpSteps = 50;
    private const double WarmUpSeconds = 1.5;
    private const double LongestWarmUpSeconds = 8;
    private const double TimedSeconds = 3;
    private const int FewestSteps = 20;
    private const int MostSteps = 200_000;

    /// <summary>Warms a step up until it no longer waits for the compiler, then times single steps.</summary>
    /// <param name="step">What is timed.</param>
    /// <param name="steps">How many steps to time; null for as many as take three seconds.</param>
    public static StepTiming Measure(ITrainingStep step, int? steps = null)
    {
        // Fifty steps, so that each method has been called often enough to be compiled anew, and time for the compiler to do so.
        long start = Stopwatch.GetTimestamp();
        int warmUp = 0;
        double elapsed = 0;
        while ((warmUp < WarmUpSteps || elapsed < WarmUpSeconds) && elapsed < LongestWarmUpSeconds)
        {
            step.Run();
            warmUp++;
            elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        double expected = elapsed / warmUp;
        long[] ticks = new long[steps ?? (int)Math.Clamp(TimedSeconds / expected, FewestSteps, MostSteps)];
        GC.Collect();
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        long before = Stopwatch.GetTimestamp();
        for (int i = 0; i < ticks.Length; i++)
        {
            step.Run();
            long after = Stopwatch.GetTimestamp();
            ticks[i] = after - before;
            before = after;
        }

        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        Array.Sort(ticks);
        return new(Microseconds(ticks[ticks.Length / 2]), Microseconds(ticks[0]), ticks.Length, (double)allocated / ticks.Length);
    }

    private static double Microseconds(long ticks) => 1e6 * ticks / Stopwatch.Frequency;
}
