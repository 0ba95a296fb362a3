using System.CommandLine;
using ProbNet.Autodiff;

namespace ProbNet.Examples;

/// <summary>Runs an example's command line: bad input is one clear line on the error output and exit code 2.</summary>
public static class ExampleCommand
{
    /// <summary>Parses the arguments and runs the action.</summary>
    /// <param name="command">The command with its options.</param>
    /// <param name="args">The program's arguments.</param>
    /// <param name="action">What to do; its result is the exit code.</param>
    public static int Run(RootCommand command, string[] args, Func<ParseResult, CancellationToken, int> action)
    {
        command.SetAction((result, cancellation) => Task.FromResult(action(result, cancellation)));
        return Run(command, args);
    }

    /// <summary>Parses the arguments and runs the action of the command that they name.</summary>
    /// <param name="command">The command, whose subcommands have their actions.</param>
    /// <param name="args">The program's arguments.</param>
    public static int Run(RootCommand command, string[] args)
    {
        ParseResult parsed = command.Parse(args);
        try
        {
            return parsed.UnmatchedTokens.Count > 0
                ? throw new BadInputException($"Unrecognized command or option '{parsed.UnmatchedTokens[0]}'; --help lists the options.")
                : parsed.Errors.Count > 0
                ? throw new BadInputException($"{parsed.Errors[0].Message.TrimEnd('.')}; --help lists the options.")
                : parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }).GetAwaiter().GetResult();
        }
        catch (Exception error) when (error is BadInputException or ArgumentException or ArithmeticException or OutOfMemoryException)
        {
            // What the library refuses, such as a constant column, comes from the data or the options too; so does a training that diverges.
            Console.Error.WriteLine($"error: {error.Message}");
            return 2;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("cancelled");
            return 130;
        }
    }

    /// <summary>The path of a data file that comes with the program.</summary>
    public static string DataFile(string name) => Path.Combine(AppContext.BaseDirectory, "data", name);

    /// <summary>The device of a name such as "cpu" or "opencl:0".</summary>
    /// <exception cref="BadInputException">There is no such device.</exception>
    public static Device DeviceOf(string name)
    {
        try
        {
            return Device.Parse(name);
        }
        catch (DeviceException error)
        {
            throw new BadInputException($"--device {name}: {error.Message}");
        }
    }

    /// <summary>The units of hidden layers written as "50,50".</summary>
    /// <param name="text">The text.</param>
    /// <param name="option">The option that it is of, for the message.</param>
    /// <exception cref="BadInputException">It is something else.</exception>
    public static int[] UnitsOf(string text, string option = "--hidden")
    {
        string[] words = text.Split(',');
        int[] units = new int[words.Length];
        for (int i = 0; i < units.Length; i++)
        {
            if (!int.TryParse(words[i], out units[i]) || units[i] < 1)
            {
                throw new BadInputException($"{option} {text}: '{words[i]}' is not a number of units; write 50,50.");
            }
        }

        return units;
    }

    /// <summary>A number that is at least something.</summary>
    /// <exception cref="BadInputException">It is less.</exception>
    public static int AtLeast(int least, int value, string option) => value >= least
        ? value
        : throw new BadInputException($"{option} {value}: it must be at least {least}.");

    /// <summary>Refuses files to read that do not exist, naming the option.</summary>
    /// <exception cref="BadInputException">A file was asked for that does not exist.</exception>
    public static void CheckInput(ParseResult options, params IEnumerable<Option<string>> files)
    {
        foreach (Option<string> file in files)
        {
            if (options.GetValue(file) is { } path && !File.Exists(path))
            {
                throw new BadInputException($"{file.Name}: there is no file '{path}'.");
            }
        }
    }

    /// <summary>A number that is at least another one, or above it, and below a third.</summary>
    /// <exception cref="BadInputException">It is not.</exception>
    public static double Within(ParseResult options, Option<double> option, double least, double below = double.PositiveInfinity, bool isAbove = false)
    {
        double value = options.GetValue(option);
        string range = FormattableString.Invariant($"{(isAbove ? "above" : "at least")} {least} and ")
            + (double.IsFinite(below) ? FormattableString.Invariant($"below {below}") : "finite");
        return (isAbove ? value > least : value >= least) && value < below
            ? value
            : throw new BadInputException(FormattableString.Invariant($"{option.Name} {value}: it must be {range}."));
    }

    /// <summary>Refuses an output path that could not be written, before any work is done.</summary>
    /// <exception cref="BadInputException">The folder does not exist or the path is a folder.</exception>
    public static void CheckOutput(string? path)
    {
        if (path is null)
        {
            return;
        }

        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
        if (!Directory.Exists(folder) || Directory.Exists(path))
        {
            throw new BadInputException($"'{path}' cannot be written: {(Directory.Exists(path) ? "it is a folder" : $"there is no folder '{folder}'")}.");
        }
    }
}
