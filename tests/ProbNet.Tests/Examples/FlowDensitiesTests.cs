using System.Text.Json;
using ProbNet.Tests.Autodiff;

namespace ProbNet.Tests.Examples;

public sealed class FlowDensitiesTests : IDisposable
{
    private const string Assembly = "FlowDensities.dll";

    private readonly string _folder = Directory.CreateTempSubdirectory("probnet-example").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Run_FewSteps_WritesTheTableThePageAndTheJson()
    {
        (int exitCode, string output, string error) = Run(
            "--sets", "moons,checkerboard,rings,8gaussians,circles", "--models", "spline,matching", "--steps", "4", "--points", "300", "--test-points", "200", "--hidden", "8",
            "--json", "out.json");
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("autoregressive spline", output);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "out.json")));
        JsonElement[] rows = [.. json.RootElement.GetProperty("results").EnumerateArray()];
        Assert.Equal(10, rows.Length);
        Dictionary<string, double> exact = rows.Where(row => row.GetProperty("model").GetString() == "spline").ToDictionary(
            row => row.GetProperty("points").GetString()!, row => row.GetProperty("nll").GetDouble() - row.GetProperty("gap").GetDouble());

        // The entropies of the generators by quadrature, in nats; 200 points know them to a standard error of at most 0.07 (a deviation of 1 over √200).
        Assert.Equal(2.3939, exact["moons"], 0.35);
        Assert.Equal(Math.Log(32), exact["checkerboard"], 1e-9);
        Assert.Equal(2.6232, exact["rings"], 0.35);
        Assert.Equal(2.8319, exact["8gaussians"], 0.35);
        Assert.Equal(3.2681, exact["circles"], 0.35);
        string page = File.ReadAllText(Path.Combine(_folder, "flows.html"));
        Assert.True(page.Split("<svg").Length > 25, "The page has densities and draws of each set.");
        Assert.DoesNotContain("<script", page);
    }

    [Fact]
    public void Run_OwnFiles_ScoresThem()
    {
        string[] rows = [.. Enumerable.Range(0, 60).Select(i => FormattableString.Invariant($"{Math.Sin(i)},{Math.Cos(1.7 * i)}"))];
        File.WriteAllLines(Path.Combine(_folder, "train.csv"), ["a,b", .. rows]);
        File.WriteAllLines(Path.Combine(_folder, "test.csv"), ["a,b", .. rows[..20]]);
        (int exitCode, string output, string error) = Run("--train-file", "train.csv", "--test-file", "test.csv", "--models", "maf", "--steps", "3", "--hidden", "8");
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("train", output);
    }

    [OpenClFact]
    public void Run_OnADevice_GivesTheLossesOfTheProcessor()
    {
        double[][] Losses(string device)
        {
            (int exitCode, _, string error) = Run(
                "--sets", "moons", "--models", "spline,matching", "--steps", "12", "--points", "512", "--test-points", "50", "--hidden", "8",
                "--device", device, "--json", "out.json");
            Assert.Equal((0, ""), (exitCode, error));
            using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "out.json")));
            return [.. json.RootElement.GetProperty("results").EnumerateArray()
                .Select(row => row.GetProperty("losses").EnumerateArray().Select(loss => loss.GetDouble()).ToArray())];
        }

        double[][] expected = Losses("cpu"), actual = Losses("opencl:0");
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.All(expected[i].Zip(actual[i]), pair => Assert.True(
                Math.Abs(pair.Second - pair.First) <= 1e-4 * Math.Abs(pair.First), FormattableString.Invariant($"{pair.First:R} and {pair.Second:R}")));
        }
    }

    [Theory]
    [InlineData("unknown; known are moons", "--sets", "spirals")]
    [InlineData("unknown; known are coupling", "--models", "gan")]
    [InlineData("at least 1", "--steps", "0")]
    [InlineData("at least 0", "--weight-decay", "-1")]
    [InlineData("go together", "--train-file", "a.csv")]
    [InlineData("no file", "--train-file", "a.csv", "--test-file", "b.csv")]
    [InlineData("no folder", "--json", "missing/out.json")]
    [InlineData("not a number of units", "--hidden", "50,x")]
    public void Run_BadOption_SaysWhyInOneLineAndWritesNothing(string reason, params string[] arguments)
    {
        (int exitCode, string output, string error) = Run(arguments);
        Assert.Equal(2, exitCode);
        Assert.Equal("", output);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.Contains(reason, error);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    private (int ExitCode, string Output, string Error) Run(params string[] arguments) => ExampleProgram.Run(Assembly, _folder, arguments);
}
