using System.CommandLine;

namespace ProbNet.Benchmarks;

/// <summary>elementwise: the vector functions on one thread.</summary>
internal static class ElementwiseCommand
{
    /// <summary>The command with its action.</summary>
    public static Command Create()
    {
        var command = new Command("elementwise", "exp, log, tanh and the like on 64 K elements and one thread, in 10⁹ elements a second.");
        command.SetAction(_ => ElementwiseThroughput.Run());
        return command;
    }
}
