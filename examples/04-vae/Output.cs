using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProbNet.Charts;
using Spectre.Console;

namespace ProbNet.Examples.VariationalAutoencoder;

/// <summary>The table on the console, on the page and in the JSON file.</summary>
internal static class Output
{
    public const string WhatToSee =
        """
        What to see: the ELBO is a lower bound of the mean log probability of a test image (of a density where pixels are real numbers), the bound with 100 draws a closer one, so
        that models of the same images can be compared. Latent variables that tell nothing are not active. A prior that is trained (VampPrior, flow) costs fewer
        nats than N(0, I). An autoencoder knows what is unusual: digits upside down have higher scores. Bias and scatter of the simulated galaxies compare the flux, size and
        ellipticity that were asked for with those measured on what was drawn; of flux and size they are relative.
        """;

    public static void WriteTable(IReadOnlyList<Outcome> outcomes)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (string column in (string[])["model", "ELBO", "100 draws", "active", "seconds"])
        {
            table.AddColumn(new TableColumn(column) { Alignment = column == "model" ? Justify.Left : Justify.Right, NoWrap = true });
        }

        foreach (Outcome row in outcomes)
        {
            table.AddRow(row.Model, Text(row.Elbo, "F2"), Text(row.Bound, "F2"), $"{row.ActiveUnits} of {row.LatentSize}", Text(row.Seconds, "F1"));
        }

        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 120);
        AnsiConsole.Write(table);
        foreach (Outcome row in outcomes)
        {
            Console.WriteLine($"{row.Model}: {Figures(row)}");
        }

        Console.WriteLine();
        Console.WriteLine(WhatToSee);
        Console.WriteLine();
    }

    public static void AddTo(Report report, IReadOnlyList<Outcome> outcomes)
    {
        var table = new ReportTable("model", "ELBO (nats)", "bound of 100 draws", "active units", "latent variables", "seconds")
        {
            Digits = 4, Caption = "Figures of test images.",
        };
        foreach (Outcome row in outcomes)
        {
            table.Row(row.Model, row.Elbo, row.Bound, (double)row.ActiveUnits, (double)row.LatentSize, Math.Round(row.Seconds, 1));
        }

        report.Heading("Figures").Table(table).Preformatted(string.Join("\n", outcomes.Select(row => $"{row.Model}: {Figures(row)}")))
            .Paragraph(string.Join(" ", WhatToSee.Split('\n')));
    }

    public static void WriteJson(string path, IReadOnlyList<Outcome> outcomes)
    {
        var models = new JsonArray();
        foreach (Outcome row in outcomes)
        {
            var model = new JsonObject
            {
                ["name"] = row.Id, ["elbo"] = Number(row.Elbo), ["bound"] = Number(row.Bound), ["active_units"] = row.ActiveUnits, ["seconds"] = Number(row.Seconds),
            };
            foreach ((string name, double value) in row.Figures)
            {
                model[name] = Number(value);
            }

            model["first_losses"] = new JsonArray([.. row.History.Loss.Take(17).Select(Number)]);
            models.Add(model);
        }

        string temporary = path + ".tmp";
        File.WriteAllText(temporary, new JsonObject { ["models"] = models }.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
        File.Move(temporary, path, overwrite: true);
    }

    // JSON has no NaN or infinity: null says that there is no number.
    private static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    private static string Figures(Outcome row) =>
        string.Join(", ", row.Figures.Select(figure => $"{figure.Name.Replace('_', ' ')} {Text(figure.Value, "F3")}"));

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
