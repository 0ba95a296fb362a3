using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace ProbNet.Examples.FiveRegressions;

/// <summary>The table on the console and in the JSON file.</summary>
internal static class Output
{
    public static IReadOnlyList<string> Columns { get; } = ["NLL", .. Truth.Parts.Select(part => part.Name), "CRPS", "90 % coverage"];

    public const string WhatToSee =
        """
        What to see: each model says what the one before could not. Where the noise grows, the Gaussian head gains over one σ for all. Where there are two
        branches, only a mixture puts the density on them. Where outliers are common, Student t tails cost least. The ensemble scores a little better than its
        members; beyond x = 9, where nothing was measured, they disagree the more the further out: its epistemic uncertainty. The columns of the three parts say
        by how many nats the negative log density lies above that of the density that made them, 0 at best.
        """;

    public static IEnumerable<double> Figures(Result result) => [result.Nll, .. result.Gap, result.Crps, result.Coverage90];

    public static void WriteTable(IReadOnlyList<Result> results, double exactNll, int rows)
    {
        Console.WriteLine(FormattableString.Invariant(
            $"simulated data: {rows} rows to train, {Settings.TestRows} to test; the exact density has an NLL of {exactNll:F3}"));
        Console.WriteLine();
        var table = new Table { Border = TableBorder.Simple };
        foreach (string column in (string[])["model", .. Columns, "seconds"])
        {
            table.AddColumn(new TableColumn(column) { Alignment = column == "model" ? Justify.Left : Justify.Right, NoWrap = true });
        }

        foreach (Result result in results)
        {
            table.AddRow(
                [result.Contestant.Name, .. Figures(result).Select(figure => figure.ToString("F3", CultureInfo.InvariantCulture)),
                    result.Seconds.ToString("F1", CultureInfo.InvariantCulture)]);
        }

        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 200);
        AnsiConsole.Write(table);
        Console.WriteLine(WhatToSee);
        Console.WriteLine();
    }

    public static void WriteJson(string path, IReadOnlyList<Result> results, double exactNll, (double Data, double Beyond) epistemic)
    {
        var models = new JsonArray();
        foreach (Result result in results)
        {
            var above = new JsonObject();
            for (int i = 0; i < Truth.Parts.Count; i++)
            {
                above[Truth.Parts[i].Id] = JsonFile.Number(result.Gap[i]);
            }

            models.Add(new JsonObject
            {
                ["name"] = result.Contestant.Id,
                ["nll"] = JsonFile.Number(result.Nll),
                ["above_exact"] = above,
                ["crps"] = JsonFile.Number(result.Crps),
                ["coverage90"] = JsonFile.Number(result.Coverage90),
                ["seconds"] = JsonFile.Number(result.Seconds),
            });
        }

        JsonFile.Write(path, new JsonObject
        {
            ["exact_nll"] = JsonFile.Number(exactNll),
            ["epistemic_std_dev"] = new JsonObject { ["where_there_are_data"] = JsonFile.Number(epistemic.Data), ["beyond"] = JsonFile.Number(epistemic.Beyond) },
            ["models"] = models,
        });
    }
}
