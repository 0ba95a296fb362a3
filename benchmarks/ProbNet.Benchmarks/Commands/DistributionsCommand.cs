using System.CommandLine;

namespace ProbNet.Benchmarks;

/// <summary>distributions: log densities with gradients, and draws.</summary>
internal static class DistributionsCommand
{
    /// <summary>The command with its action.</summary>
    public static Command Create()
    {
        var threads = new Option<int>("--threads") { Description = "Threads.", DefaultValueFactory = _ => 2 };
        var seconds = new Option<double>("--seconds") { Description = "How long each is measured.", DefaultValueFactory = _ => 2 };
        var command = new Command("distributions", "Log densities of a million elements with their gradients, and a million draws.") { threads, seconds };
        command.SetAction(options => DistributionThroughput.Run(options.GetValue(threads), options.GetValue(seconds)));
        return command;
    }
}
