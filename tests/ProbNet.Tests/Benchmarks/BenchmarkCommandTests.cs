using System.Text.Json;
using ProbNet.Tests.Examples;

namespace ProbNet.Tests.Benchmarks;

/// <summary>The options of the benchmarks' commands, run as a user does.</summary>
public sealed class BenchmarkCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("probnet-benchmark").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Workloads_OneOnOneThread_WritesTheTableAndTheJson()
    {
        (int exitCode, string output, string error) = Run("workloads", "--only", "mdn-32", "--threads", "1", "--steps", "20", "--json", "out.json");
        Assert.Equal((0, ""), (exitCode, error));
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("mdn-32 ", lines[1], StringComparison.Ordinal);

        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "out.json")));
        JsonElement row = Assert.Single(json.RootElement.EnumerateArray());
        Assert.Equal("mdn-32", row.GetProperty("id").GetString());
        Assert.Equal((1, 20), (row.GetProperty("threads").GetInt32(), row.GetProperty("steps").GetInt32()));
        Assert.Equal("compiled", row.GetProperty("mode").GetString());
        double median = row.GetProperty("median_us").GetDouble(), gflops = row.GetProperty("gflops").GetDouble();
        Assert.InRange(median, 1, 1e6);
        Assert.InRange(row.GetProperty("min_us").GetDouble(), 1, median);
        Assert.InRange(row.GetProperty("allocated_bytes_per_step").GetDouble(), 0, 1e6);

        // Forward, weights' gradient and, but for the first layer, the input's: 2·32·(2·1·64 + 3·64·64 + 3·64·15). Seven floats of each of 128 + 4,160 + 975 weights.
        Assert.Equal(978_944, row.GetProperty("operations").GetInt64());
        Assert.Equal(7 * 4 * 5_263, row.GetProperty("update_bytes").GetInt64());
        Assert.Equal(978_944 / median / 1e3, gflops, 1e-9 * gflops);
        Assert.Equal(gflops / row.GetProperty("peak_gflops").GetDouble(), row.GetProperty("peak_fraction").GetDouble(), 1e-12);
        Assert.All(["peak_memory_bytes", "start_up_ms", "first_step_ms", "warm_first_step_ms"], name => Assert.True(row.GetProperty(name).GetDouble() > 0, name));
    }

    [Theory]
    [InlineData("there is no workload 'mdn-33'; there are mdn-32, ", "workloads", "--only", "mdn-32,mdn-33")]
    [InlineData("--threads 0: a number from 1 to 1024 is needed.", "workloads", "--threads", "0")]
    [InlineData("--steps 0: at least one step is needed.", "workloads", "--steps", "0")]
    [InlineData("Unrecognized command or option '--onyl'", "workloads", "--onyl", "mdn-32")]
    [InlineData("--only Expo: there are Exp, ", "accuracy", "--only", "Expo")]
    public void Command_BadOption_SaysWhatIsWrong(string message, params string[] arguments)
    {
        (int exitCode, string output, string error) = Run(arguments);
        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    private (int ExitCode, string Output, string Error) Run(params string[] arguments) => ExampleProgram.Run("ProbNet.Benchmarks.dll", _folder, arguments);
}
