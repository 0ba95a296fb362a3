using System.Globalization;
using System.Text.Json;

namespace ProbNet.Tests.Examples;

public sealed class VariationalAutoencoderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("probnet-example").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Run_FewEpochs_WritesTheTableThePageAndTheJson()
    {
        (int exitCode, string output, string error) = Run("--epochs", "2", "--galaxies", "300", "--json", "out.json");
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("Hubble cut-outs", output);

        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "out.json")));
        JsonElement[] models = [.. json.RootElement.GetProperty("models").EnumerateArray()];
        Assert.Equal(["digits", "digits_vamp", "digits_map", "hubble", "simulated_normal", "simulated"], models.Select(model => model.GetProperty("name").GetString()));
        foreach (JsonElement model in models)
        {
            double elbo = model.GetProperty("elbo").GetDouble(), bound = model.GetProperty("bound").GetDouble();
            Assert.True(double.IsFinite(elbo) && bound > elbo, $"The importance-weighted bound {bound} is closer than the ELBO {elbo}.");
            Assert.Equal(2, model.GetProperty("first_losses").GetArrayLength());
        }

        // ½ for scores that cannot tell.
        Assert.InRange(models[0].GetProperty("upside_down_auc").GetDouble(), 0.5, 1);

        // Galaxies that ignored the request would have a flux of 4^(u − u′) of the requested, with a deviation of 0.68, and a size of (1 + u)/(1 + u′), with one of 0.29.
        Assert.All(models[4..], model => Assert.True(model.GetProperty("flux_scatter").GetDouble() is > 0 and < 0.34 && model.GetProperty("size_scatter").GetDouble() < 0.145));

        string page = File.ReadAllText(Path.Combine(_folder, "vae.html"));
        Assert.True(page.Split("<svg").Length > 12, "The page has reconstructions, samples, scores, a map and scatter plots.");
        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("src=\"http", page);
    }

    [Fact]
    public void Run_Digits_BeatsIndependentPixels()
    {
        (int exitCode, _, string error) = Run("--only", "digits", "--epochs", "6", "--json", "out.json");
        Assert.Equal((0, ""), (exitCode, error));

        // Without latent variables each pixel is ink with the frequency of its own. Even on the images that these frequencies are of, that is at best the entropy of the pixels.
        string[][] rows = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", "digits.csv")).Skip(1).Select(line => line.Split(','))];
        double independent = Enumerable.Range(0, 64).Sum(pixel =>
        {
            double ink = rows.Average(row => int.Parse(row[pixel], CultureInfo.InvariantCulture) >= 8 ? 1.0 : 0);
            return ink is 0 or 1 ? 0 : (ink * Math.Log(ink)) + ((1 - ink) * Math.Log(1 - ink));
        });
        Assert.InRange(independent, -26, -24);

        // 359 test images whose log probabilities have a deviation of about 5 know their mean to 0.26 nats: five of these.
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "out.json")));
        JsonElement standardNormal = json.RootElement.GetProperty("models")[0];
        Assert.Equal("digits", standardNormal.GetProperty("name").GetString());
        Assert.InRange(standardNormal.GetProperty("elbo").GetDouble(), independent + 1.3, -15);
    }

    [Theory]
    [InlineData("--digits: there is no file", "--digits", "nowhere.csv")]
    [InlineData("no column 'p0'", "--digits", "other.csv")]
    [InlineData("Row 1, column 'p63'", "--digits", "bright.csv")]
    [InlineData("not a grey image", "--hubble", "other.csv")]
    [InlineData("bytes of pixels", "--hubble", "short.pgm")]
    [InlineData("square images", "--hubble", "one.pgm")]
    [InlineData("no part 'nope'", "--only", "digits,nope")]
    [InlineData("at least one epoch", "--epochs", "0")]
    [InlineData("at least 100", "--galaxies", "3")]
    [InlineData("no folder", "--json", "missing/out.json")]
    [InlineData("Unrecognized", "--nonsense")]
    public void Run_BadInput_SaysWhyInOneLineAndWritesNothing(string reason, params string[] arguments)
    {
        File.WriteAllLines(Path.Combine(_folder, "other.csv"), ["a,b", .. Enumerable.Repeat("1,2", 12)]);
        string header = string.Join(",", Enumerable.Range(0, 64).Select(i => $"p{i}").Append("label")), row = string.Join(",", Enumerable.Repeat("1", 63));
        File.WriteAllLines(Path.Combine(_folder, "bright.csv"), [header, .. Enumerable.Repeat($"{row},17,1", 12)]);
        File.WriteAllBytes(Path.Combine(_folder, "short.pgm"), "P5\n2 200\n255\n1234"u8);
        File.WriteAllBytes(Path.Combine(_folder, "one.pgm"), "P5\n2 2\n255\n1234"u8);
        string[] before = Directory.GetFiles(_folder);

        (int exitCode, string output, string error) = Run(arguments);

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.Contains(reason, error);
        Assert.Equal(before, Directory.GetFiles(_folder));
    }

    private (int ExitCode, string Output, string Error) Run(params string[] arguments) => ExampleProgram.Run("VariationalAutoencoder.dll", _folder, arguments);
}
