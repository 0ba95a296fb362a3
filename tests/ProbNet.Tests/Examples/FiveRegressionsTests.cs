using System.Text.Json;

namespace ProbNet.Tests.Examples;

public sealed class FiveRegressionsTests() : ExampleTests("FiveRegressions.dll")
{
    [Fact]
    public void Run_Small_WritesTheTableThePageAndTheJson()
    {
        (int exitCode, string output, string error) = Run("--rows", "200", "--epochs", "4", "--json", "out.json");
        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("two branches", output);

        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "out.json")));
        double exact = json.RootElement.GetProperty("exact_nll").GetDouble();
        JsonElement[] models = [.. json.RootElement.GetProperty("models").EnumerateArray()];
        Assert.Equal(["mse", "gaussian", "mdn", "heavy", "ensemble"], models.Select(model => model.GetProperty("name").GetString()));
        Assert.All(models, model => Assert.True(model.GetProperty("nll").GetDouble() > exact, "No density beats the one that made the data."));
        JsonElement epistemic = json.RootElement.GetProperty("epistemic_std_dev");
        Assert.True(
            epistemic.GetProperty("beyond").GetDouble() > 2 * epistemic.GetProperty("where_there_are_data").GetDouble(),
            "The members disagree where there was nothing to learn from.");
        Assert.True(File.ReadAllText(Path.Combine(Folder, "five-regressions.html")).Split("<svg").Length > 11, "A density and a fan for each model.");
    }

    [Theory]
    [InlineData("at least 1", "--epochs", "0")]
    [InlineData("at least 50", "--rows", "3")]
    [InlineData("no folder", "--json", "missing/out.json")]
    [InlineData("--device", "--device", "abacus")]
    public void Run_BadOption_SaysWhyInOneLineAndWritesNothing(string reason, params string[] arguments) => Refused(reason, arguments);
}
