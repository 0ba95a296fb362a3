using System.Text.Json;
using ProbNet.Tests.Autodiff;

namespace ProbNet.Tests.Examples;

[Collection(nameof(OpenClCollection))]
public sealed class AleatoricRegressionTests() : ExampleTests("AleatoricRegression.dll")
{
    [Fact]
    public void Run_Defaults_WritesTheTableThePageAndTheJson()
    {
        (int exitCode, string output, string error) = Run("--epochs", "3", "--json", "out.json", "--svg", "out.svg");
        Assert.Equal((0, ""), (exitCode, error));
        foreach (string model in (string[])["mean squared error", "Gaussian", "MDN", "Student t", "ensemble of 5"])
        {
            Assert.Contains(model, output);
        }

        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "out.json")));
        Assert.Equal("mcycle", json.RootElement.GetProperty("data").GetString());
        JsonElement[] models = [.. json.RootElement.GetProperty("models").EnumerateArray()];
        Assert.Equal(5, models.Length);
        foreach (JsonElement model in models)
        {
            foreach (string figure in (string[])["nll", "rmse", "crps", "coverage90", "pit_ks", "seconds"])
            {
                Assert.True(double.IsFinite(model.GetProperty(figure).GetDouble()));
            }

            Assert.InRange(model.GetProperty("coverage90").GetDouble(), 0, 1);
        }

        string page = File.ReadAllText(Path.Combine(Folder, "aleatoric-regression.html"));
        Assert.True(page.Split("<svg").Length > 15, "The page has fans, densities, PIT histograms and learning curves.");
        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("src=\"http", page);
        Assert.StartsWith("<svg", File.ReadAllText(Path.Combine(Folder, "out.svg")));
    }

    [OpenClFact]
    public void Run_OnADevice_GivesTheLossesOfTheProcessor()
    {
        double[][] Losses(string device)
        {
            (int exitCode, _, string error) = Run("--epochs", "17", "--device", device, "--json", "out.json");
            Assert.Equal((0, ""), (exitCode, error));
            using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "out.json")));
            return [.. json.RootElement.GetProperty("models").EnumerateArray()
                .Select(model => model.GetProperty("first_losses").EnumerateArray().Select(loss => loss.GetDouble()).ToArray())];
        }

        double[][] expected = Losses("cpu"), actual = Losses("opencl:0");

        Assert.Equal(5, expected.Length);
        for (int model = 0; model < expected.Length; model++)
        {
            // Three steps an epoch: some fifty; later ones are chaotic.
            Assert.Equal(17, expected[model].Length);
            Assert.All(expected[model].Zip(actual[model]), pair => Assert.True(
                Math.Abs(pair.Second - pair.First) <= 1e-4 * Math.Abs(pair.First), FormattableString.Invariant($"{pair.First:R} and {pair.Second:R}")));
        }
    }

    [Fact]
    public void Run_SameSeed_GivesTheSameFigures()
    {
        string Figures()
        {
            Assert.Equal(0, Run("--epochs", "3", "--json", "out.json").ExitCode);
            string[] lines = File.ReadAllLines(Path.Combine(Folder, "out.json"));
            return string.Join("\n", lines.Where(line => !line.Contains("seconds")));
        }

        Assert.Equal(Figures(), Figures());
    }

    [Fact]
    public void Run_Splits_ReportsMeanAndStandardError()
    {
        File.WriteAllText(Path.Combine(Folder, "splits.txt"), "0 5 9\n1 2 3\n");
        (int exitCode, string output, _) = Run("--epochs", "2", "--splits", "splits.txt", "--json", "out.json");
        Assert.Equal(0, exitCode);
        Assert.Contains("2 splits, mean ± standard error", output);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "out.json")));
        Assert.True(json.RootElement.GetProperty("models")[0].GetProperty("standard_error").GetProperty("nll").GetDouble() >= 0);
    }

    [Fact]
    public void Run_SeveralFeatures_Works()
    {
        string[] rows = [.. Enumerable.Range(0, 40).Select(i => FormattableString.Invariant($"{i % 7},{i * 0.5},{(i % 7) + (0.1 * i)}"))];
        File.WriteAllLines(Path.Combine(Folder, "data.csv"), ["a,b,y", .. rows]);
        (int exitCode, _, string error) = Run("--data", "data.csv", "--target", "y", "--features", "b,a", "--epochs", "2");
        Assert.Equal((0, ""), (exitCode, error));
    }

    [Theory]
    [InlineData("nowhere.csv", "--data: there is no file 'nowhere.csv'")]
    [InlineData("text.csv", "Row 12, column 'y'")]
    [InlineData("nan.csv", "Row 12, column 'y'")]
    [InlineData("short.csv", "at least 10")]
    [InlineData("constant.csv", "nothing to predict")]
    [InlineData("ragged.csv", "Row 12")]
    [InlineData("empty.csv", "header")]
    public void Run_BadData_SaysWhyInOneLineAndWritesNothing(string file, string reason)
    {
        string[] good = [.. Enumerable.Range(0, 11).Select(i => $"{i},{i * i}")];
        void Write(string name, params string[] lines) => File.WriteAllLines(Path.Combine(Folder, name), lines);
        Write("text.csv", ["x,y", .. good, "3,much"]);
        Write("nan.csv", ["x,y", .. good, "3,NaN"]);
        Write("short.csv", ["x,y", .. good[..5]]);
        Write("constant.csv", ["x,y", .. good.Select(line => line.Split(',')[0] + ",2")]);
        Write("ragged.csv", ["x,y", .. good, "3"]);
        Write("empty.csv");
        Refused(reason, "--data", file);
    }

    [Theory]
    [InlineData("no column 'nope'", "--target", "nope")]
    [InlineData("at least one epoch", "--epochs", "-1")]
    [InlineData("Cannot parse", "--epochs", "many")]
    [InlineData("Unrecognized", "--nonsense")]
    [InlineData("no folder", "--json", "missing/out.json")]
    [InlineData("not a number of units", "--hidden", "50,x")]
    public void Run_BadOption_SaysWhyInOneLineAndWritesNothing(string reason, params string[] arguments) => Refused(reason, arguments);
}
