using System.CommandLine;
using ProbNet.Autodiff;
using ProbNet.Examples;

namespace ProbNet.Benchmarks;

/// <summary>Options that several commands have, and their checks.</summary>
internal static class CommonOptions
{
    private const int MostThreads = 1024;

    /// <summary>--json FILE.</summary>
    public static Option<string> Json() => new("--json") { Description = "Also writes the results to a JSON file.", HelpName = "out.json" };

    /// <summary>--threads N.</summary>
    public static Option<int> Threads() => new("--threads") { Description = "Threads that an operation may use. Default: one for each processor." };

    /// <summary>--eager.</summary>
    public static Option<bool> Eager() => new("--eager") { Description = "Runs operations one by one instead of a compiled graph." };

    /// <summary>The value of an option; null if it is not given.</summary>
    public static int? Number(ParseResult options, Option<int> option) => options.GetResult(option) is null ? null : options.GetValue(option);

    /// <summary>Sets the number of threads, if one is given.</summary>
    /// <exception cref="BadInputException">It is not in the range.</exception>
    public static void UseThreads(int? threads)
    {
        if (threads is < 1 or > MostThreads)
        {
            throw new BadInputException($"--threads {threads}: a number from 1 to {MostThreads} is needed.");
        }

        Workers.Threads = threads ?? Workers.Threads;
    }
}
