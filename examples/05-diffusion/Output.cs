using System.Globalization;
using System.Text.Json.Nodes;
using ProbNet.Inference;
using Spectre.Console;

namespace ProbNet.Examples.ScoreDiffusion;

/// <summary>The tables on the console and the JSON file.</summary>
internal static class Output
{
    private const int FirstLosses = 5;

    public const string WhatToSee =
        """
        What to see: a diffusion learns how to take noise off, and from that alone has a density: the gap is the mean of ln p(exact) − ln p(learned) over points that
        it has not seen, 0 for a perfect model. The loss it is trained by bounds −ln p from above. The GAN has draws only: no density to ask for. The energy distance compares
        draws with draws of the density (0 for the same; the first column, other draws of the density itself, shows what chance does).
        """;

    public static void Write(IReadOnlyList<ToyResult> toys, DigitsResult? digits)
    {
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 160);
        if (toys.Count > 0)
        {
            var table = new Table { Border = TableBorder.Simple };
            foreach (string column in (string[])
                ["density", "entropy (nats)", "diffusion NLL", "gap", "bound", "energy, exact", "diffusion", "GAN", "seconds, diffusion", "GAN"])
            {
                table.AddColumn(new TableColumn(column) { Alignment = column == "density" ? Justify.Left : Justify.Right, NoWrap = true });
            }

            foreach (ToyResult toy in toys)
            {
                table.AddRow(
                    toy.Density.Name, Text(toy.Entropy), Text(toy.Nll), $"{Text(toy.Gap.Mean)} ± {Text(toy.Gap.StandardError)}", Text(toy.Bound),
                    Text(toy.Energy.Exact, "F4"), Text(toy.Energy.Diffusion, "F4"), Text(toy.Energy.Gan, "F4"), Text(toy.Seconds.Diffusion, "F1"), Text(toy.Seconds.Gan, "F1"));
            }

            AnsiConsole.Write(table);
        }

        if (digits is not null)
        {
            Console.WriteLine(FormattableString.Invariant(
                $"digits, 8 × 8, {digits.TrainRows} to train: {digits.NatsPerPixel.Mean:F3} ± {digits.NatsPerPixel.StandardError:F3} nats a pixel ")
                + FormattableString.Invariant(
                    $"({digits.NatsPerPixel.Rows} test digits, exact divergence); bound {digits.BoundPerPixel:F3} ({digits.Test.Shape[0]} test digits); ")
                + FormattableString.Invariant($"{digits.Seconds:F1} seconds"));
            Console.WriteLine();
        }

        Console.WriteLine(WhatToSee);
        Console.WriteLine();
    }

    public static void WriteJson(string path, IReadOnlyList<ToyResult> toys, DigitsResult? digits)
    {
        var root = new JsonObject
        {
            ["toys"] = new JsonArray([.. toys.Select(toy => (JsonNode)new JsonObject
            {
                ["name"] = toy.Density.Name,
                ["entropy"] = JsonFile.Number(toy.Entropy),
                ["nll"] = JsonFile.Number(toy.Nll),
                ["gap"] = JsonFile.Number(toy.Gap.Mean),
                ["gap_standard_error"] = JsonFile.Number(toy.Gap.StandardError),
                ["bound"] = JsonFile.Number(toy.Bound),
                ["energy_exact"] = JsonFile.Number(toy.Energy.Exact),
                ["energy_diffusion"] = JsonFile.Number(toy.Energy.Diffusion),
                ["energy_gan"] = JsonFile.Number(toy.Energy.Gan),
                ["seconds_diffusion"] = JsonFile.Number(toy.Seconds.Diffusion),
                ["seconds_gan"] = JsonFile.Number(toy.Seconds.Gan),
                ["first_losses"] = Losses(toy.DiffusionHistory),
                ["first_losses_gan"] = Losses(toy.GanHistory),
            })]),
        };
        if (digits is not null)
        {
            root["digits"] = new JsonObject
            {
                ["nats_per_pixel"] = JsonFile.Number(digits.NatsPerPixel.Mean),
                ["standard_error"] = JsonFile.Number(digits.NatsPerPixel.StandardError),
                ["rows"] = digits.NatsPerPixel.Rows,
                ["bound_per_pixel"] = JsonFile.Number(digits.BoundPerPixel),
                ["seconds"] = JsonFile.Number(digits.Seconds),
                ["first_losses"] = Losses(digits.History),
            };
        }

        JsonFile.Write(path, root);
    }

    private static JsonArray Losses(History history) => new([.. history.Loss.Take(FirstLosses).Select(JsonFile.Number)]);

    private static string Text(double value, string format = "F3") => value.ToString(format, CultureInfo.InvariantCulture);
}
