using System.CommandLine;
using System.Globalization;
using ProbNet.Autodiff;
using ProbNet.Examples;

namespace ProbNet.Benchmarks;

/// <summary>
/// ask: single kernels on request, so that another program can measure its own in turn with them. A line of standard input is a request, a line of standard output its answer:
/// <c>matmul 512 512 512 float32 2 0.1</c> (m, n, k, type, threads, seconds) gives the rate, the peak of one core and the share of the threads' peak; <c>elementwise Exp
/// 0.1</c> (function, seconds) gives 10⁹ float32 elements a second on one thread; <c>peak float32</c> gives the peak of one core.
/// </summary>
internal static class AskCommand
{
    /// <summary>The command with its action.</summary>
    public static Command Create()
    {
        var command = new Command(
            "ask",
            "Single kernels as standard input asks for them, for benchmarks/peers/kernels.py: matmul M N K TYPE THREADS SECONDS, elementwise NAME SECONDS, peak TYPE.");
        command.SetAction(_ =>
        {
            while (Console.ReadLine() is { } line)
            {
                Console.WriteLine(string.Join(' ', Answer(line).Select(value => value.ToString("R", CultureInfo.InvariantCulture))));
            }
        });
        return command;
    }

    private static double[] Answer(string request)
    {
        string[] words = request.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        try
        {
            switch (words)
            {
                case ["matmul", _, _, _, "float32" or "float64", _, _]:
                    int[] numbers = [.. words.Where((_, i) => i is 1 or 2 or 3 or 5).Select(word => int.Parse(word, CultureInfo.InvariantCulture))];
                    CommonOptions.UseThreads(numbers[3]);
                    MatMulRate rate = words[4] == "float32"
                        ? MatMulRate.Measure<float>(numbers[0], numbers[1], numbers[2], Seconds(words[6]))
                        : MatMulRate.Measure<double>(numbers[0], numbers[1], numbers[2], Seconds(words[6]));
                    return [rate.Median, rate.Peak, rate.PeakFraction];
                case ["elementwise", _, _]:
                    return [ElementwiseThroughput.Single(words[1], Seconds(words[2]))];
                case ["peak", "float32"]:
                    return [PeakProbe.FmaGigaflops<float>()];
                case ["peak", "float64"]:
                    return [PeakProbe.FmaGigaflops<double>()];
            }
        }
        catch (Exception error) when (error is FormatException or OverflowException or KeyNotFoundException)
        {
            throw new BadInputException($"'{request}': {error.Message}");
        }

        throw new BadInputException($"'{request}' is none of: matmul M N K TYPE THREADS SECONDS, elementwise NAME SECONDS, peak TYPE.");

        static double Seconds(string word) => double.Parse(word, CultureInfo.InvariantCulture);
    }
}
