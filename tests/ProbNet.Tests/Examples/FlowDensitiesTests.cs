using System.Text.Json;
using ProbNet.Autodiff;
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
    public void Run_OwnFiles_LearnsThem()
    {
        // Two clusters of standard deviation 0.1 around x = ±2.
        Tensor sides = (2 * (Tensor.Arange(500) % 2).Cast(DType.Float64)) - 1, noise = 0.1 * RandomKey.FromSeed(8).Normal([500, 2], DType.Float64);
        double[] x = ((2 * sides) + noise[.., 0]).ToDoubles(), y = noise[.., 1].ToDoubles();
        string[] rows = [.. x.Zip(y, (a, b) => FormattableString.Invariant($"{a},{b}"))];
        File.WriteAllLines(Path.Combine(_folder, "train.csv"), ["a,b", .. rows[..300]]);
        File.WriteAllLines(Path.Combine(_folder, "test.csv"), ["a,b", .. rows[300..]]);
        (int exitCode, string output, string error) = Run(
            "--train-file", "train.csv", "--test-file", "test.csv", "--models", "mdn,mixture", "--components", "3", "--hidden", "8", "--steps", "150", "--rate", "0.03",
            "--jitter", "0.01", "--average", "0.9", "--seeds", "2", "--json", "out.json");
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("train", output);

        // The entropy of the clusters is ln 2 + 2·(½·ln 2πe + ln 0.1) = −1.07. One Normal, of variances 4.01 and 0.01, is at ½·ln 4.01 + ½·ln 0.01 + ln 2πe = 1.23: below
        // the middle of the two, a model has learned that there are two clusters. 200 points know a mean to 1/√200 = 0.07.
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "out.json")));
        foreach (JsonElement row in json.RootElement.GetProperty("results").EnumerateArray())
        {
            Assert.Equal(2, row.GetProperty("nll_of_seeds").GetArrayLength());
            Assert.InRange(row.GetProperty("nll").GetDouble(), -1.5, 0.08);
            Assert.InRange(row.GetProperty("validation_nll").GetDouble(), -2, 0.5);
        }
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
    [InlineData("unknown; known are mdn", "--models", "gan")]
    [InlineData("at least 1", "--steps", "0")]
    [InlineData("at least 0", "--weight-decay", "-1")]
    [InlineData("below 1", "--average", "1")]
    [InlineData("go together", "--train-file", "a.csv")]
    [InlineData("--train-file: there is no file", "--train-file", "a.csv", "--test-file", "b.csv")]
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
