using System.CommandLine;
using ProbNet.Autodiff;
using ProbNet.Examples;

namespace ProbNet.Benchmarks;

/// <summary>plan: the kernels of training steps on a device.</summary>
internal static class PlanCommand
{
    /// <summary>The command with its action.</summary>
    public static Command Create()
    {
        var only = new Option<string>("--only") { Description = "The workloads.", HelpName = "id,id", DefaultValueFactory = _ => "mdn-32,vae-128" };
        var device = new Option<string>("--device") { Description = "Where they run.", HelpName = "opencl:0", DefaultValueFactory = _ => "opencl:0" };
        var full = new Option<bool>("--full") { Description = "Every operation with its operands, and then the times of the kernels." };
        var command = new Command("plan", "The kernels of training steps on a device, and what a step launches and copies.") { only, device, full };
        command.SetAction(options =>
        {
            foreach (string id in options.GetValue(only)!.Split(','))
            {
                if (!AllWorkloads.ById.TryGetValue(id, out Func<Workload>? create))
                {
                    throw new BadInputException($"--only {id}: there are {string.Join(", ", AllWorkloads.ById.Keys)}.");
                }

                Print(id, create(), Found(options.GetValue(device)!), options.GetValue(full));
            }
        });
        return command;
    }

    private static Device Found(string name)
    {
        try
        {
            return Device.Parse(name) is { IsCpu: false } device ? device : throw new BadInputException($"--device {name}: the processor has no kernels to list.");
        }
        catch (DeviceException e)
        {
            throw new BadInputException($"--device {name}: {e.Message}");
        }
    }

    private static void Print(string id, Workload workload, Device device, bool full)
    {
        foreach (Parameter parameter in workload.Parameters)
        {
            parameter.Value = parameter.Value.To(device);
        }

        // Two steps: the first compiles.
        var step = new CompiledStep(workload);
        step.Queue();
        step.Queue();
        DeviceStatistics before = device.Statistics;
        step.Queue();
        DeviceStatistics after = device.Statistics;
        Console.WriteLine(FormattableString.Invariant(
            $"{id}, a step: {after.Launches - before.Launches} kernels, {after.Uploads - before.Uploads} copies to the device, {after.Downloads - before.Downloads} back"));
        Console.WriteLine(full ? $"{step}\n{step.Profile()}" : string.Join('\n', step.Kernels()));
        Console.WriteLine();
    }
}
