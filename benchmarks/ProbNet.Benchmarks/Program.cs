using System.CommandLine;
using System.Runtime.CompilerServices;
using BenchmarkDotNet.Running;
using ProbNet.Benchmarks;
using ProbNet.Examples;

// dotnet run -c Release --project benchmarks/ProbNet.Benchmarks -- workloads
// dotnet run -c Release --project benchmarks/ProbNet.Benchmarks -- --filter '*MatMul*'
if (args.Length == 0 || (args[0].StartsWith('-') && args[0] is not ("-h" or "-?" or "--help" or "--version")))
{
    RunBenchmarkDotNet(args);
    return 0;
}

var root = new RootCommand("Measures ProbNet. Without a command BenchmarkDotNet runs the kernels' benchmarks: -- --filter '*MatMul*'.")
{
    WorkloadsCommand.Create(), MatMulCommand.Create(), ElementwiseCommand.Create(), AccuracyCommand.Create(), DistributionsCommand.Create(), ScalingCommand.Create(),
    VaeCommand.Create(), PlanCommand.Create(), AskCommand.Create(),
};
return ExampleCommand.Run(root, args);

// Apart, so that the commands start without loading BenchmarkDotNet.
[MethodImpl(MethodImplOptions.NoInlining)]
static void RunBenchmarkDotNet(string[] args) => BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
