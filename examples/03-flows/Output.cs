using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace ProbNet.Examples.FlowDensities;

/// <summary>The table on the console and in the JSON file.</summary>
internal static class Output
{
    public const string WhatToSee =
        """
        What to see: the gap is the mean of ln p_exact − ln p_model over the same test points, in nats: how much worse the model predicts than the density that made them, 0
        at best. It is taken in pairs, so that its error is far smaller than that of the NLL itself. Sharp edges (the checkerboard) cost every smooth model most; holes between
        rings and thin bridges between blobs are where affine flows (MAF) lose against splines. More --points, --steps and wider --hidden close the gaps further.
        """;

    public static void WriteTable(IReadOnlyList<Result> results)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (string column in (string[])["points", "model", "NLL", "gap to exact", "seconds"])
        {
            table.AddColumn(new TableColumn(column) { Alignment = column is "points" or "model" ? Justify.Left : Justify.Right, NoWrap = true });
        }

        foreach (Result row in results)
        {
            table.AddRow(row.Points.Name, row.Contestant.Name, Text(row.Nll, "F4"), Gap(row), Text(row.Seconds, "F1"));
        }

        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 160);
        AnsiConsole.Write(table);
        Console.WriteLine(WhatToSee);
        Console.WriteLine();
    }

    public static string Gap(Result row) => row.Gap is { } gap ? $"{Text(gap.Mean, "F4")} ± {Text(gap.Error, "F4")}" : "–";

    public static void WriteJson(string path, Settings settings, IReadOnlyList<Result> results)
    {
        var rows = new JsonArray();
        foreach (Result row in results)
        {
            rows.Add(new JsonObject
            {
                ["points"] = row.Points.Name,
                ["model"] = row.Contestant.Id,
                ["nll"] = Number(row.Nll),
                ["gap"] = row.Gap is { } gap ? Number(gap.Mean) : null,
                ["gap_standard_error"] = row.Gap is { } error ? Number(error.Error) : null,
                ["seconds"] = Number(row.Seconds),
                ["losses"] = new JsonArray([.. row.Flow.History.Loss.Select(Number)]),
            });
        }

        var root = new JsonObject { ["train"] = results[0].Points.Train.Shape[0], ["test"] = results[0].Points.Test.Shape[0], ["steps"] = settings.Steps, ["results"] = rows };
        string temporary = path + ".tmp";
        File.WriteAllText(temporary, root.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
        File.Move(temporary, path, overwrite: true);
    }

    // JSON has no NaN or infinity: null says that there is no number.
    private static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
