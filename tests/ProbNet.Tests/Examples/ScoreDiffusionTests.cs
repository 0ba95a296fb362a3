using System.Text.Json;
using ProbNet.Tests.Autodiff;

namespace ProbNet.Tests.Examples;

public sealed class ScoreDiffusionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("probnet-example").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Run_SmallSettings_WritesTheTableThePageAndTheJson()
    {
        (int exitCode, string output, string error) = Run(
            "--toys", "checkerboard,moons", "--points", "1000", "--test-points", "50", "--epochs", "1", "--hidden", "8", "--gan-epochs", "1", "--digit-epochs", "1",
            "--digit-rows", "2", "--json", "out.json");
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("checkerboard", output);
        Assert.Contains("nats a pixel", output);

        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "out.json")));
        JsonElement[] toys = [.. json.RootElement.GetProperty("toys").EnumerateArray()];
        Assert.Equal(["checkerboard", "moons"], toys.Select(toy => toy.GetProperty("name").GetString()!));

        // The entropies, of the moons by quadrature in another program. Fifty points know them to 0.6.
        double[] expected = [Math.Log(32), 2.3939];
        Assert.All(toys.Zip(expected), pair => Assert.Equal(pair.Second, pair.First.GetProperty("entropy").GetDouble(), 0.6));

        // After an epoch on 1,000 points neither is learned: no density beats the one that made the data, nor is one beyond a unit Normal's reach.
        Assert.All(toys, toy => Assert.InRange(toy.GetProperty("gap").GetDouble(), 0, 10));
        Assert.True(double.IsFinite(json.RootElement.GetProperty("digits").GetProperty("nats_per_pixel").GetDouble()));
        Assert.True(File.ReadAllText(Path.Combine(_folder, "diffusion.html")).Split("<svg").Length >= 12);
    }

    [OpenClFact]
    public void Run_OnADevice_GivesTheLossesOfTheProcessor()
    {
        double[] Losses(string device)
        {
            (int exitCode, _, string error) = Run(
                "--toys", "moons", "--points", "5000", "--test-points", "50", "--epochs", "5", "--hidden", "8", "--digit-epochs", "0", "--json", "out.json", "--device", device);
            Assert.Equal((0, ""), (exitCode, error));
            using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "out.json")));
            JsonElement toy = json.RootElement.GetProperty("toys")[0];
            return [.. toy.GetProperty("first_losses").EnumerateArray().Concat(toy.GetProperty("first_losses_gan").EnumerateArray()).Select(loss => loss.GetDouble())];
        }

        double[] expected = Losses("cpu"), actual = Losses("opencl:0");
        Assert.Equal(10, expected.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-3 * Math.Max(1, Math.Abs(pair.First))));
    }

    [Theory]
    [InlineData("no density 'nope'", "--toys", "nope")]
    [InlineData("--epochs 0", "--epochs", "0")]
    [InlineData("--octaves 21", "--octaves", "21")]
    [InlineData("--average 1", "--average", "1")]
    [InlineData("--least-noise 0", "--least-noise", "0")]
    [InlineData("--gan-epochs 0", "--gan-epochs", "0")]
    [InlineData("not a number of units", "--hidden", "8,x")]
    [InlineData("nothing to do", "--toys", "none", "--digit-epochs", "0")]
    [InlineData("no folder", "--json", "missing/out.json")]
    [InlineData("Unrecognized", "--nonsense")]
    public void Run_BadOption_SaysWhyInOneLineAndWritesNothing(string reason, params string[] arguments)
    {
        (int exitCode, string output, string error) = Run(arguments);
        Assert.Equal((2, ""), (exitCode, output));
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.Contains(reason, error);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    private (int ExitCode, string Output, string Error) Run(params string[] arguments) => ExampleProgram.Run("ScoreDiffusion.dll", _folder, arguments);
}
