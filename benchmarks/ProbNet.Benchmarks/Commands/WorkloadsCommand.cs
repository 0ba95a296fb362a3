using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using ProbNet.Examples;

namespace ProbNet.Benchmarks;

/// <summary>workloads: training steps end to end, each workload in a process of its own.</summary>
internal static class WorkloadsCommand
{
    private const string Head = "id             median µs     min µs   bytes/step     MFLOP  update MB    GFLOP/s   of peak   memory MB   start ms   1st step ms   warm 1st ms";

    /// <summary>The command with its options and its action.</summary>
    public static Command Create()
    {
        Option<string> json = CommonOptions.Json();
        Option<int> threads = CommonOptions.Threads();
        Option<bool> eager = CommonOptions.Eager();
        var only = new Option<string>("--only") { Description = "Runs some of the workloads.", HelpName = "id,id" };
        var steps = new Option<int>("--steps") { Description = "How many steps to time. Default: as many as take three seconds." };
        var losses = new Option<string>("--losses")
        {
            Description = "Instead writes the losses of the first 50 steps to a JSON file.", HelpName = "out.json",
        };
        var export = new Option<string>("--export")
        {
            Description = "Instead writes weights, data and random numbers as safetensors files into a folder.", HelpName = "folder",
        };
        var inDouble = new Option<bool>("--double") { Description = "Losses and files in Float64, of workloads that exist in it." };
        var command = new Command("workloads", "Training steps end to end: forward, backward and update.")
        {
            json, only, threads, eager, steps, losses, export, inDouble,
        };
        command.SetAction((options, cancellation) => Task.FromResult(Run(options, cancellation)));
        return command;

        int Run(ParseResult options, CancellationToken cancellation)
        {
            string[] ids = Select(options.GetValue(only));
            CommonOptions.UseThreads(CommonOptions.Number(options, threads));
            ExampleCommand.CheckOutput(options.GetValue(json));
            ExampleCommand.CheckOutput(options.GetValue(losses));
            int? timed = CommonOptions.Number(options, steps);
            if (timed < 1)
            {
                throw new BadInputException($"--steps {timed}: at least one step is needed.");
            }

            bool isEager = options.GetValue(eager);
            string? folder = options.GetValue(export), lossFile = options.GetValue(losses);
            if (folder is not null || lossFile is not null)
            {
                Export(ids, options.GetValue(inDouble), folder, lossFile, isEager);
                return 0;
            }

            if (options.GetValue(inDouble))
            {
                throw new BadInputException("--double: it is for --losses and --export; steps are timed in Float32.");
            }

            Console.WriteLine(Head);
            var results = new List<WorkloadResult>();
            foreach (string id in ids)
            {
                cancellation.ThrowIfCancellationRequested();
                results.Add(ids.Length == 1
                    ? WorkloadMeasurement.Run(AllWorkloads.ById[id], isEager, timed)
                    : RunApart(id, CommonOptions.Number(options, threads), isEager, timed));
                Console.WriteLine(Row(results[^1]));
            }

            if (options.GetValue(json) is { } path)
            {
                Json.Write(path, results);
            }

            return 0;
        }
    }

    private static string[] Select(string? only)
    {
        if (only is null)
        {
            return [.. AllWorkloads.ById.Keys];
        }

        string[] ids = only.Split(',', StringSplitOptions.TrimEntries);
        string? unknown = ids.FirstOrDefault(id => !AllWorkloads.ById.ContainsKey(id));
        return unknown is null
            ? ids
            : throw new BadInputException($"--only {only}: there is no workload '{unknown}'; there are {string.Join(", ", AllWorkloads.ById.Keys)}.");
    }

    private static void Export(string[] ids, bool inDouble, string? folder, string? lossFile, bool eager)
    {
        IReadOnlyDictionary<string, Func<Workload>> workloads = inDouble ? AllWorkloads.InDouble : AllWorkloads.ById;
        if (ids.FirstOrDefault(id => !workloads.ContainsKey(id)) is { } missing)
        {
            throw new BadInputException($"--double: the workload '{missing}' is in Float32 only; there are {string.Join(", ", workloads.Keys)}.");
        }

        if (folder is not null)
        {
            Directory.CreateDirectory(folder);
            foreach (string id in ids)
            {
                WorkloadFile.Write(Path.Combine(folder, $"{id}.safetensors"), workloads[id]());
            }
        }

        if (lossFile is not null)
        {
            Json.Write(lossFile, ids.ToDictionary(id => id, id => WorkloadMeasurement.Losses(workloads[id](), eager)));
        }
    }

    /// <summary>The same command for one workload, in a new process: so that memory and first steps are its own.</summary>
    private static WorkloadResult RunApart(string id, int? threads, bool eager, int? steps)
    {
        string program = Environment.ProcessPath!, file = Path.GetTempFileName();
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            start.ArgumentList.Add(typeof(WorkloadsCommand).Assembly.Location);
        }

        foreach (string argument in (string[])["workloads", "--only", id, "--json", file, .. Number("--threads", threads), .. Number("--steps", steps)])
        {
            start.ArgumentList.Add(argument);
        }

        if (eager)
        {
            start.ArgumentList.Add("--eager");
        }

        try
        {
            using Process child = Process.Start(start)!;
            child.StandardOutput.ReadToEnd();
            child.WaitForExit();
            return child.ExitCode == 0
                ? Json.Read<WorkloadResult[]>(file)[0]
                : throw new BadInputException($"The process that ran {id} ended with exit code {child.ExitCode}; what it wrote stands above.");
        }
        finally
        {
            File.Delete(file);
        }

        static string[] Number(string option, int? value) => value is { } n ? [option, n.ToString(CultureInfo.InvariantCulture)] : [];
    }

    private static string Row(WorkloadResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"{result.Id,-12} {result.MedianUs,11:N1} {result.MinUs,10:N1} {result.AllocatedBytesPerStep,12:N0} {result.Operations / 1e6,9:N2} "
        + $"{result.UpdateBytes / 1e6,10:N2} {result.Gflops,10:N2} {result.PeakFraction,9:P1} "
        + $"{result.PeakMemoryBytes / 1048576.0,11:N1} {result.StartUpMs,10:N0} {result.FirstStepMs,13:N1} {result.WarmFirstStepMs,13:N1}");
}
