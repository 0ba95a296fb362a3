using System.Text.Json;

namespace ProbNet.Tests.Examples;

public sealed class PhotometricRedshiftTests() : ExampleTests("PhotometricRedshift.dll")
{
    private static readonly string[] s_models = ["gaussian", "mdn", "ensemble", "flow"];

    [Fact]
    public void Run_SimulatedSurvey_WritesTheTableThePageAndTheJson()
    {
        (int exitCode, string output, string error) = Run("--objects", "1500", "--epochs", "15", "--hidden", "32", "--seeds", "2", "--json", "out.json");
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("simulated quasars", output);
        Assert.Contains("2 seeds, mean ± standard error", output);

        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "out.json")));
        Assert.Equal((1200, 300), (json.RootElement.GetProperty("train").GetInt32(), json.RootElement.GetProperty("test").GetInt32()));
        JsonElement[] models = [.. json.RootElement.GetProperty("models").EnumerateArray()];
        Assert.Superset(s_models.ToHashSet(), models.Select(model => model.GetProperty("name").GetString()!).ToHashSet());
        foreach (JsonElement model in models)
        {
            foreach (string figure in (string[])["nll", "crps", "sigma_nmad", "bias", "outliers", "coverage90", "pit_ks", "seconds"])
            {
                Assert.True(double.IsFinite(model.GetProperty(figure).GetDouble()));
            }
        }

        // The survey's redshifts are 0.3 + 1.2 times the sum of three uniform numbers, of variance 0.36. A Normal that sees no colours is at ½·ln(2πe·0.36) = 0.908 nats;
        // 300 objects know a mean of such log densities, whose deviation is about 1, to 0.06. Five of these say that a model has learned from the colours.
        double[] nll = [.. s_models.Select(name => models.Single(model => model.GetProperty("name").GetString() == name).GetProperty("nll").GetDouble())];
        Assert.All(nll, value => Assert.InRange(value, -2, 0.908 - 0.3));

        // One set of colours belongs to several redshifts: the mixture must be far ahead of one hump.
        Assert.InRange(nll[1], -2, nll[0] - 0.3);

        string page = File.ReadAllText(Path.Combine(Folder, "photometric-redshift.html"));
        Assert.True(page.Split("<svg").Length > 12, "The page has densities, PIT histograms, scatter plots and learning curves.");
        Assert.DoesNotContain("src=\"http", page);
    }

    [Fact]
    public void Run_Catalogue_DropsRowsWithoutMagnitudesAndTakesTheRowsOfTheFiles()
    {
        // Every tenth row lacks a magnitude: of 80, 72 are left, 0 to 71.
        string[] lines = [.. Enumerable.Range(0, 80).Select(i => FormattableString.Invariant(
            $"{1 + (0.02 * i)},{(i % 10 == 0 ? 0 : 20 + (0.01 * i))},{20 + (0.003 * i)},19.5,{19.2 - (0.001 * i)},19"))];
        File.WriteAllLines(Path.Combine(Folder, "data.csv"), ["redshift,u_mag,g_mag,r_mag,i_mag,zband_mag", .. lines]);
        File.WriteAllLines(Path.Combine(Folder, "train.txt"), Enumerable.Range(0, 60).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        File.WriteAllText(Path.Combine(Folder, "test.txt"), "60\n61\n71\n");
        File.WriteAllText(Path.Combine(Folder, "beyond.txt"), "60\n72\n");
        File.WriteAllText(Path.Combine(Folder, "both.txt"), "60\n59\n");

        Refused("Line 2 of 'beyond.txt' is '72', which is not a row from 0 to 71", "--data", "data.csv", "--train-rows", "train.txt", "--test-rows", "beyond.txt");
        Refused("Row 59 is in", "--data", "data.csv", "--train-rows", "train.txt", "--test-rows", "both.txt");
        (int exitCode, string output, string error) = Run(
            "--data", "data.csv", "--train-rows", "train.txt", "--test-rows", "test.txt", "--epochs", "1", "--hidden", "4");
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("60 objects to train, 3 to test", output);
    }

    [Theory]
    [InlineData("at least 1", "--epochs", "0")]
    [InlineData("at least 50", "--objects", "3")]
    [InlineData("no file", "--data", "nowhere.csv")]
    [InlineData("belong together", "--data", "nowhere.csv", "--train-rows", "rows.txt")]
    [InlineData("give it by --data", "--train-rows", "rows.txt")]
    [InlineData("no folder", "--html", "missing/out.html")]
    [InlineData("Unrecognized", "--nonsense")]
    public void Run_BadOption_SaysWhyInOneLineAndWritesNothing(string reason, params string[] arguments) => Refused(reason, arguments);
}
