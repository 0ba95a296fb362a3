using System.Text.Json.Nodes;
using Spectre.Console;

namespace ProbNet.Examples.AleatoricRegression;

/// <summary>The table on the console and in the JSON file.</summary>
internal static class Output
{
    public static void WriteTable(RegressionData data, IReadOnlyList<Summary> summaries, IReadOnlyList<long[]> testRows)
    {
        bool many = testRows.Count > 1;
        string test = many
            ? FormattableString.Invariant($"{testRows.Count} splits, mean ± standard error")
            : FormattableString.Invariant($"{data.Count - testRows[0].Length} rows to train, {testRows[0].Length} to test");
        Console.WriteLine($"{data.Name}: {data.Target} from {string.Join(", ", data.Features)}; {test}");
        Console.WriteLine();

        var table = new Table { Border = TableBorder.Simple };
        foreach (string column in (string[])["model", "NLL", "RMSE", "CRPS", "90 % coverage", "PIT-KS", "seconds"])
        {
            table.AddColumn(new TableColumn(column) { Alignment = column == "model" ? Justify.Left : Justify.Right, NoWrap = true });
        }

        foreach (Summary row in summaries)
        {
            table.AddRow(
                row.Contestant.Name, row.Nll.Text("F3", many), row.Rmse.Text("F3", many), row.Crps.Text("F3", many),
                row.Coverage90.Text("F2", many), row.PitKs.Text("F2", many), row.Seconds.ToString("F1", System.Globalization.CultureInfo.InvariantCulture));
        }

        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 160);
        AnsiConsole.Write(table);
        Console.WriteLine(WhatToSee);
        Console.WriteLine();
    }

    public const string WhatToSee =
        """
        What to see: the net trained by mean squared error has one σ for all inputs. Where the noise changes with the input, such bands are too
        wide in the quiet parts and too narrow in the loud ones, which costs NLL (lower is better) even where the RMSE is as good as the
        others'. The Gaussian, MDN and Student t heads learn the noise from the data; the ensemble adds what the weights do not know.
        90 % intervals should cover 0.90; PIT-KS is the distance from perfect calibration (0). The scores of one small test part are noisy,
        so a model may win by luck: --splits averages over several, with standard errors.
        """;

    public static void WriteJson(string path, RegressionData data, IReadOnlyList<Summary> summaries, int splits)
    {
        var models = new JsonArray();
        foreach (Summary row in summaries)
        {
            var model = new JsonObject
            {
                ["name"] = row.Contestant.Id,
                ["nll"] = JsonFile.Number(row.Nll.Mean),
                ["rmse"] = JsonFile.Number(row.Rmse.Mean),
                ["crps"] = JsonFile.Number(row.Crps.Mean),
                ["coverage90"] = JsonFile.Number(row.Coverage90.Mean),
                ["pit_ks"] = JsonFile.Number(row.PitKs.Mean),
                ["seconds"] = JsonFile.Number(row.Seconds),
            };
            model["first_losses"] = new JsonArray([.. row.FirstLosses.Select(JsonFile.Number)]);
            if (splits > 1)
            {
                model["standard_error"] = new JsonObject
                {
                    ["nll"] = JsonFile.Number(row.Nll.StandardError),
                    ["rmse"] = JsonFile.Number(row.Rmse.StandardError),
                    ["crps"] = JsonFile.Number(row.Crps.StandardError),
                    ["coverage90"] = JsonFile.Number(row.Coverage90.StandardError),
                    ["pit_ks"] = JsonFile.Number(row.PitKs.StandardError),
                };
            }

            models.Add(model);
        }

        var root = new JsonObject { ["data"] = data.Name, ["target"] = data.Target, ["splits"] = splits, ["models"] = models };
        JsonFile.Write(path, root);
    }
}
