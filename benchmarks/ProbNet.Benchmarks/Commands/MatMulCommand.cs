using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using ProbNet.Autodiff;
using ProbNet.Examples;

namespace ProbNet.Benchmarks;

/// <summary>matmul: square matrix products against the peak of the processor.</summary>
internal static class MatMulCommand
{
    private const double Seconds = 1;
    private const int FewestSlices = 5;

    // Small products are repeated until a slice takes about so long on one core.
    private const double SliceSeconds = 0.004;
    private const double TypicalGigaflops = 50;

    private static readonly int[] s_sizes = [256, 384, 512, 768, 1024, 1536, 2048];

    /// <summary>The command with its options and its action.</summary>
    public static Command Create()
    {
        Option<string> json = CommonOptions.Json();
        var command = new Command("matmul", "Square matrix products of 256 to 2048, on one and two threads, against the peak of fused multiply-adds.") { json };
        command.SetAction(options =>
        {
            ExampleCommand.CheckOutput(options.GetValue(json));
            Console.WriteLine("size   type      threads  median GFLOP/s  best GFLOP/s  of peak  times one thread");
            List<Result> results = [.. Measure<float>("float32"), .. Measure<double>("float64")];
            if (options.GetValue(json) is { } path)
            {
                Json.Write(path, results);
            }
        });
        return command;
    }

    private static IEnumerable<Result> Measure<T>(string type) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (int size in s_sizes)
        {
            double alone = 0;
            foreach (int threads in (int[])[1, 2])
            {
                Workers.Threads = threads;
                (double median, double best, double fraction) = Rate<T>(size, threads);
                alone = threads == 1 ? median : alone;
                var result = new Result(size, type, threads, median, best, fraction, median / alone);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{size,-6} {type,-9} {threads,7} {median,15:N1} {best,13:N1} {result.PeakFraction,8:P1} {result.TimesOneThread,17:N2}"));
                yield return result;
            }
        }
    }

    /// <summary>The clock swings with the load of the machine, so the peak is measured before and after each slice of products, and the fractions' median is taken.</summary>
    private static (double Median, double Best, double PeakFraction) Rate<T>(int size, int threads) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        DType dtype = typeof(T) == typeof(float) ? DType.Float32 : DType.Float64;
        T[] left = RandomKey.FromSeed(1).Normal([size, size], dtype).ToArray<T>(), right = RandomKey.FromSeed(2).Normal([size, size], dtype).ToArray<T>();
        T[] result = new T[size * size];
        double operations = 2e-9 * size * size * size;
        int products = Math.Max(1, (int)(SliceSeconds * TypicalGigaflops / operations));
        var rates = new List<double>();
        var fractions = new List<double>();
        double peak = PeakProbe.FmaGigaflops<T>();
        long start = Stopwatch.GetTimestamp();
        while (rates.Count < FewestSlices || Stopwatch.GetElapsedTime(start).TotalSeconds < Seconds)
        {
            long before = Stopwatch.GetTimestamp();
            for (int i = 0; i < products; i++)
            {
                MatMulKernel.Run<T>(false, false, size, size, size, left, 0, right, 0, result, 0);
            }

            double rate = products * operations / Stopwatch.GetElapsedTime(before).TotalSeconds, next = PeakProbe.FmaGigaflops<T>();
            rates.Add(rate);
            fractions.Add(rate / (threads * (peak + next) / 2));
            peak = next;
        }

        rates.Sort();
        fractions.Sort();
        return (rates[rates.Count / 2], rates[^1], fractions[fractions.Count / 2]);
    }

    private sealed record Result(int Size, string Type, int Threads, double MedianGflops, double BestGflops, double PeakFraction, double TimesOneThread);
}
