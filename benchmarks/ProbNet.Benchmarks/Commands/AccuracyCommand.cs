using System.CommandLine;
using System.Globalization;
using ProbNet.Examples;

namespace ProbNet.Benchmarks;

/// <summary>accuracy: the largest errors of the elementwise functions.</summary>
internal static class AccuracyCommand
{
    private const int Near = 20_000;
    private const int Far = 100;

    /// <summary>The command with its options and its action.</summary>
    public static Command Create()
    {
        var stride = new Option<int>("--stride") { Description = "Every so many-th of all floats of a range.", DefaultValueFactory = _ => 4001 };
        var only = new Option<string>("--only") { Description = "Some of the functions.", HelpName = "Exp,Log" };
        var command = new Command(
            "accuracy",
            "The largest error of each elementwise function in units in the last place, as rows of the table in docs/numerics.md.")
        {
            stride, only,
        };
        command.SetAction(options => Run(options.GetValue(stride), options.GetValue(only)?.Split(',')));
        return command;
    }

    private static void Run(int stride, string[]? names)
    {
        if (stride < 1)
        {
            throw new BadInputException($"--stride {stride}: at least 1 is needed, which is every float.");
        }

        if (names?.FirstOrDefault(name => VectorFunctions.All.All(function => function.Name != name)) is { } unknown)
        {
            throw new BadInputException($"--only {unknown}: there are {string.Join(", ", VectorFunctions.All.Select(function => function.Name))}.");
        }

        Console.WriteLine("| function | range | float | bound | double | bound |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (VectorFunction function in VectorFunctions.All.Where(function => names is null || names.Contains(function.Name)))
        {
            (double single, double at) = function.Measure(function.EveryFloat((uint)stride));
            (double wide, double atWide) = double.IsNaN(function.Bound<double>()) ? default : function.Measure(function.Stratified<double>(Near, Far));
            Console.WriteLine(function.Row(single, wide));
            Warn(function.Name, single, at, function.Bound<float>());
            Warn(function.Name, wide, atWide, function.Bound<double>());
        }
    }

    private static void Warn(string name, double worst, double at, double bound)
    {
        if (worst > bound)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {worst:F2} at {at:R} is more than the bound, {bound}."));
        }
    }
}
