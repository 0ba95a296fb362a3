using System.Globalization;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace ProbNet.Examples.PhotometricRedshift;

/// <summary>The table on the console and in the JSON file.</summary>
internal static class Output
{
    public static readonly string[] Columns = ["NLL", "CRPS", "σ_NMAD", "bias", "outliers", "90 % coverage", "PIT-KS"];

    public const string WhatToSee =
        """
        What to see: one set of colours often fits several redshifts. The Gaussian head must put one wide hump over all of them; the mixture, the
        ensemble and the flow give each its own, which shows in the NLL and the CRPS (lower is better). σ_NMAD, bias and outliers score the mean of p(z)
        alone, z_phot, and hardly see the difference. 90 % intervals should cover 0.90; PIT-KS is the distance from perfect calibration (0).
        """;

    public static void WriteTable(Survey survey, IReadOnlyList<Summary> summaries, int seeds)
    {
        Console.WriteLine(FormattableString.Invariant($"{survey.Name}: {survey.TrainZ.Size} objects to train, {survey.TestZ.Size} to test")
            + (seeds > 1 ? FormattableString.Invariant($"; {seeds} seeds, mean ± standard error") : ""));
        Console.WriteLine();
        var table = new Table { Border = TableBorder.Simple };
        foreach (string column in (string[])["model", .. Columns, "seconds"])
        {
            table.AddColumn(new TableColumn(column) { Alignment = column == "model" ? Justify.Left : Justify.Right, NoWrap = true });
        }

        foreach (Summary row in summaries)
        {
            table.AddRow([row.Contestant.Name, .. row.Figures.Select(figure => figure.Text("F3", seeds > 1)), row.Seconds.ToString("F1", CultureInfo.InvariantCulture)]);
        }

        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 200);
        AnsiConsole.Write(table);
        Console.WriteLine(WhatToSee);
        Console.WriteLine();
    }

    public static void WriteJson(string path, Survey survey, IReadOnlyList<Summary> summaries, IReadOnlyList<IReadOnlyList<Result>> results)
    {
        var models = new JsonArray();
        for (int i = 0; i < summaries.Count; i++)
        {
            var model = new JsonObject { ["name"] = summaries[i].Contestant.Id };
            var errors = new JsonObject();
            for (int k = 0; k < RedshiftScores.Figures.Count; k++)
            {
                (string name, Func<RedshiftScores, double> of) = RedshiftScores.Figures[k];
                model[name] = JsonFile.Number(summaries[i].Figures[k].Mean);
                errors[name] = JsonFile.Number(summaries[i].Figures[k].StandardError);
            }

            model["seconds"] = JsonFile.Number(summaries[i].Seconds);
            model["standard_error"] = errors;
            model["nll_of_seeds"] = new JsonArray([.. results.Select(seed => JsonFile.Number(seed[i].Scores.Nll))]);
            model["validation_loss_of_seeds"] = new JsonArray([.. results.Select(seed => JsonFile.Number(seed[i].Model.Histories[0].ValidationLoss.Min()))]);
            models.Add(model);
        }

        JsonFile.Write(path, new JsonObject
        {
            ["data"] = survey.Name,
            ["train"] = survey.TrainZ.Size,
            ["test"] = survey.TestZ.Size,
            ["seeds"] = results.Count,
            ["models"] = models,
        });
    }
}
