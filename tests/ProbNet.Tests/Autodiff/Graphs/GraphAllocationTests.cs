using System.Text.Json;
using ProbNet.Benchmarks;
using ProbNet.Tests.Examples;

namespace ProbNet.Tests.Autodiff;

/// <summary>Replayed steps allocate nothing, on any thread: counted in a process of its own, for a test runner allocates too while tests run.</summary>
public sealed class GraphAllocationTests : IDisposable
{
    private const int Steps = 110;
    private const int Attempts = 3;

    private readonly string _folder = Directory.CreateTempSubdirectory("probnet-allocation").FullName;

    public static TheoryData<string> Ids => [.. AllWorkloads.ById.Keys];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Step_Replayed_AllocatesNothing(string id)
    {
        // After the warm-up a helper may come to run a kind of tile for the first time, and get memory of its own for it, if the machine has other work. What is
        // allocated in every step, or in every eleventh, is there in each attempt.
        var attempts = new List<double>();
        while (attempts.Count < Attempts && (attempts.Count == 0 || attempts[^1] > 0))
        {
            attempts.Add(BytesAStep(id));
        }

        Assert.True(attempts[^1] == 0, $"{id}: bytes allocated a step in {attempts.Count} processes: {string.Join(", ", attempts)}.");
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
