using System.Globalization;
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

    public static void WriteTable(IReadOnlyList<Summary> rows)
    {
        var table = new Table { Border = TableBorder.Simple };
        (string[] columns, IEnumerable<string[]> texts) = Table(rows);
        foreach (string column in columns)
        {
            table.AddColumn(new TableColumn(column) { Alignment = column is "points" or "model" ? Justify.Left : Justify.Right, NoWrap = true });
        }

        foreach (string[] row in texts)
        {
            table.AddRow(row);
        }

        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 160);
        AnsiConsole.Write(table);
        Console.WriteLine(WhatToSee);
        Console.WriteLine();
    }

    /// <summary>The columns for which there are figures, and the rows.</summary>
    public static (string[] Columns, IEnumerable<string[]> Rows) Table(IReadOnlyList<Summary> rows)
    {
        bool several = rows[0].Runs.Count > 1;
        (string Name, Func<Summary, string?> Text)[] columns =
        [
            ("points", row => row.Points.Name), ("model", row => row.Contestant.Name), ("NLL", row => row.Nll.Text("F4", several)),
            ("validation NLL", row => row.ValidationNll?.Text("F4", several)), ("gap to exact", row => row.Gap?.Text("F4", withError: true)),
            ("seconds", row => row.Seconds.ToString("F1", CultureInfo.InvariantCulture)),
        ];
        columns = [.. columns.Where(column => column.Text(rows[0]) is not null)];
        return ([.. columns.Select(column => column.Name)], rows.Select(row => columns.Select(column => column.Text(row)!).ToArray()));
    }

    public static void WriteJson(string path, Settings settings, IReadOnlyList<Summary> summaries)
    {
        var rows = new JsonArray();
        foreach (Summary row in summaries)
        {
            rows.Add(new JsonObject
            {
                ["points"] = row.Points.Name,
                ["model"] = row.Contestant.Id,
                ["nll"] = JsonFile.Number(row.Nll.Mean),
                ["nll_of_seeds"] = new JsonArray([.. row.Runs.Select(run => JsonFile.Number(run.Nll))]),
                ["validation_nll"] = row.ValidationNll is { } validation ? JsonFile.Number(validation.Mean) : null,
                ["gap"] = row.Gap is { } gap ? JsonFile.Number(gap.Mean) : null,
                ["gap_standard_error"] = row.Gap is { } error ? JsonFile.Number(error.StandardError) : null,
                ["seconds"] = JsonFile.Number(row.Seconds),
                ["losses"] = new JsonArray([.. row.Flow.History.Loss.Select(JsonFile.Number)]),
            });
        }

        PointSet first = summaries[0].Points;
        JsonFile.Write(path, new JsonObject { ["train"] = first.Train.Shape[0], ["test"] = first.Test.Shape[0], ["steps"] = settings.Steps, ["results"] = rows });
    }
}
