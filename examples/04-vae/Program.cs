using System.CommandLine;
using ProbNet.Autodiff;
using ProbNet.Charts;
using ProbNet.Examples;
using ProbNet.Examples.VariationalAutoencoder;

string[] parts = ["digits", "hubble", "simulated"];
string all = string.Join(',', parts);
var only = new Option<string>("--only") { Description = "Parts of the example. Default: all three.", HelpName = all, DefaultValueFactory = _ => all };
var digits = new Option<string>("--digits") { Description = "CSV file with columns p0 … p63 (0 to 16) and label. Default: 1,797 handwritten digits.", HelpName = "file.csv" };
var hubble = new Option<string>("--hubble") { Description = "PGM file with square images, one below the other. Default: 427 galaxies and stars.", HelpName = "file.pgm" };
var galaxies = new Option<int>("--galaxies") { Description = "Simulated galaxies to train by.", DefaultValueFactory = _ => 4000 };
var epochs = new Option<int?>("--epochs") { Description = "Passes over the training data. Default: 100 digits, 150 cut-outs, 60 simulated galaxies." };
var seed = new Option<long>("--seed") { Description = "Seed of everything random.", DefaultValueFactory = _ => 1 };
var json = new Option<string>("--json") { Description = "Writes the table to a JSON file.", HelpName = "out.json" };
var html = new Option<string>("--html") { Description = "Where the page with the pictures goes.", HelpName = "out.html", DefaultValueFactory = _ => "vae.html" };
var device = new Option<string>("--device") { Description = "Where the models are trained.", HelpName = "cpu|opencl:0", DefaultValueFactory = _ => "cpu" };
var root = new RootCommand("Variational autoencoders: handwritten digits, galaxies of the Hubble eXtreme Deep Field, and simulated galaxies of requested properties.")
{
    only, digits, hubble, galaxies, epochs, seed, json, html, device,
};

return ExampleCommand.Run(root, args, (options, cancellation) =>
{
    var settings = new Settings(
        options.GetValue(epochs), options.GetValue(galaxies), options.GetValue(seed), ExampleCommand.DeviceOf(options.GetValue(device)!), cancellation);
    if (settings.Epochs < 1)
    {
        throw new BadInputException($"--epochs {settings.Epochs}: at least one epoch is needed.");
    }

    if (settings.Galaxies < 100)
    {
        throw new BadInputException($"--galaxies {settings.Galaxies}: at least 100 are needed.");
    }

    string[] chosen = options.GetValue(only)!.Split(',');
    if (chosen.FirstOrDefault(part => !parts.Contains(part)) is { } unknown)
    {
        throw new BadInputException($"--only: there is no part '{unknown}'; there are {string.Join(", ", parts)}.");
    }

    ExampleCommand.CheckInput(options, digits, hubble);
    ExampleCommand.CheckOutput(options.GetValue(json));
    ExampleCommand.CheckOutput(options.GetValue(html));
    DigitImages? digitImages = chosen.Contains("digits") ? DigitImages.Read(options.GetValue(digits) ?? ExampleCommand.DataFile("digits.csv")) : null;
    Tensor? cutouts = chosen.Contains("hubble") ? HubblePart.Stretch(PgmImage.ReadStack(options.GetValue(hubble) ?? ExampleCommand.DataFile("hubble.pgm"))) : null;

    var report = new Report("Variational autoencoders");
    var outcomes = new List<Outcome>();
    if (digitImages is not null)
    {
        outcomes.AddRange(DigitsPart.Run(digitImages, settings, report));
    }

    if (cutouts is not null)
    {
        outcomes.Add(HubblePart.Run(cutouts, settings, report));
    }

    if (chosen.Contains("simulated"))
    {
        outcomes.AddRange(SimulationPart.Run(settings, report));
    }

    Output.WriteTable(outcomes);
    Output.AddTo(report, outcomes);
    report.Save(options.GetValue(html)!);
    Console.WriteLine($"Pictures: {options.GetValue(html)}");
    if (options.GetValue(json) is { } path)
    {
        Output.WriteJson(path, outcomes);
    }

    return 0;
});
