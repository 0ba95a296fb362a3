using System.Text.Json;
using ProbNet.Benchmarks;
using ProbNet.Tests.Examples;

namespace ProbNet.Tests.Autodiff;

/// <summary>Replayed steps allocate nothing, on any thread: counted in a process of its own, for a test runner allocates too while tests run.</summary>
public sealed class GraphAllocationTests : IDisposable
{
    private const int Steps = 2200;

    // The smallest object there is, in every eleventh step.
    private const long LeastObject = 24, Leak = Steps / 11 * LeastObject;
    private const int Attempts = 3;

    private readonly string _folder = Directory.CreateTempSubdirectory("probnet-allocation").FullName;

    public static TheoryData<string> Ids => [.. AllWorkloads.ById.Keys];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Step_Replayed_AllocatesNothing(string id)
    {
        // The runtime makes some objects for itself meanwhile, once: up to 1,544 bytes were seen, and no more in 6,600 steps than in 660. So many steps are taken that a leak is
        // far above that. A helper may come to run a kind of tile for the
        // first time, and get memory of its own for it, if the machine has other work. What steps allocate now and then is there in each attempt, and is more.
        var attempts = new List<double>();
        while (attempts.Count < Attempts && (attempts.Count == 0 || attempts[^1] >= Leak))
        {
            attempts.Add(Steps * BytesAStep(id));
        }

        Assert.True(attempts[^1] < Leak, $"{id}: bytes allocated in {Steps} steps in {attempts.Count} processes: {string.Join(", ", attempts)}.");
    }

    private double BytesAStep(string id)
    {
        (int exitCode, _, string error) = ExampleProgram.Run("ProbNet.Benchmarks.dll", _folder, "workloads", "--only", id, "--steps", $"{Steps}", "--json", "out.json");
        Assert.Equal((0, ""), (exitCode, error));
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "out.json")));
        Assert.Equal(Steps, json.RootElement[0].GetProperty("steps").GetInt32());
        return json.RootElement[0].GetProperty("allocated_bytes_per_step").GetDouble();
    }
}
