using System.CommandLine;
using System.Globalization;
using System.Numerics;
using ProbNet.Autodiff;
using ProbNet.Examples;

namespace ProbNet.Benchmarks;

/// <summary>matmul: square matrix products against the peak of the processor.</summary>
internal static class MatMulCommand
{
    private const double Seconds = 1;

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
                var rate = MatMulRate.Measure<T>(size, size, size, Seconds);
                alone = threads == 1 ? rate.Median : alone;
                var result = new Result(size, type, threads, rate.Median, rate.Best, rate.PeakFraction, rate.Median / alone);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{size,-6} {type,-9} {threads,7} {rate.Median,15:N1} {rate.Best,13:N1} {result.PeakFraction,8:P1} {result.TimesOneThread,17:N2}"));
                yield return result;
            }
        }
    }

    private sealed record Result(int Size, string Type, int Threads, double MedianGflops, double BestGflops, double PeakFraction, double TimesOneThread);
}
