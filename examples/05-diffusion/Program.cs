using System.CommandLine;
using ProbNet.Examples;
using ProbNet.Examples.ScoreDiffusion;
using ProbNet.Layers;

var toys = new Option<string>("--toys")
{
    Description = $"Densities in two dimensions: {string.Join(", ", ToyDensity.All.Keys)}, all or none.", HelpName = "a,b", DefaultValueFactory = _ => "8gaussians",
};
var points = new Option<int>("--points") { Description = "Points to train on, of each density.", DefaultValueFactory = _ => 50_000 };
var testPoints = new Option<int>("--test-points") { Description = "Fresh points to test on.", DefaultValueFactory = _ => 2000 };
var epochs = new Option<int>("--epochs") { Description = "Passes over the points.", DefaultValueFactory = _ => 30 };
var hidden = new Option<string>("--hidden")
{
    Description = "Units of the hidden layers of the score network, all alike.", HelpName = "128,128", DefaultValueFactory = _ => "128,128",
};
var batch = new Option<int>("--batch") { Description = "Points a step of the diffusion.", DefaultValueFactory = _ => 500 };
var octaves = new Option<int>("--octaves")
{
    Description = "Octaves of sines and cosines of the points that the score network is given: for sharp structure.", DefaultValueFactory = _ => 0,
};
var leastNoise = new Option<double>("--least-noise")
{
    Description = "The least noise, where a density begins, in standard deviations of the points.", DefaultValueFactory = _ => 0.005,
};
var shared = new Option<bool>("--shared-targets")
{
    Description = "Whether a noisy point tells the mean of the batch, by how probable each is to have become it; false for its own.", HelpName = "true|false",
    DefaultValueFactory = _ => true,
};
var weighting = new Option<DiffusionWeighting>("--weighting")
{
    Description = "What the loss weighs: with the likelihood alone it is a bound.", HelpName = "Likelihood|SignalToNoise|Elucidated",
    DefaultValueFactory = _ => DiffusionWeighting.Likelihood,
};
var average = new Option<double>("--average") { Description = "Decay of the average of the weights.", DefaultValueFactory = _ => 0.999 };
var ganEpochs = new Option<int?>("--gan-epochs") { Description = "Passes over the points of the GAN; twice as many as the diffusion's by default." };
var digitEpochs = new Option<int>("--digit-epochs") { Description = "Passes over the digits; 0 leaves them out.", DefaultValueFactory = _ => 100 };
var digitRows = new Option<int>("--digit-rows") { Description = "Test digits whose log density is computed.", DefaultValueFactory = _ => 20 };
var seed = new Option<long>("--seed") { Description = "Seed of everything random.", DefaultValueFactory = _ => 1 };
var json = new Option<string>("--json") { Description = "Writes the figures to a JSON file.", HelpName = "out.json" };
var html = new Option<string>("--html") { Description = "Where the page with the pictures goes.", HelpName = "out.html", DefaultValueFactory = _ => "diffusion.html" };
var device = new Option<string>("--device") { Description = "Where the models are trained.", HelpName = "cpu|opencl:0", DefaultValueFactory = _ => "cpu" };
var root = new RootCommand(
    "Score-based diffusion: noise becomes data, with a density. Beside it a GAN, which has none. In two dimensions, where the truth is known, and on digits.")
{
    toys, points, testPoints, epochs, hidden, batch, octaves, leastNoise, shared, weighting, average, ganEpochs, digitEpochs, digitRows, seed, json, html, device,
};

return ExampleCommand.Run(root, args, (options, cancellation) =>
{
    int[] units = ParseHidden(options.GetValue(hidden)!);
    var settings = new Settings
    {
        Toys = ParseToys(options.GetValue(toys)!),
        Points = AtLeast("--points", options.GetValue(points), 10),
        TestPoints = AtLeast("--test-points", options.GetValue(testPoints), 10),
        Epochs = AtLeast("--epochs", options.GetValue(epochs), 1),
        Width = units[0],
        Depth = units.Length,
        BatchSize = AtLeast("--batch", options.GetValue(batch), 1),
        StateFrequencies = options.GetValue(octaves) is >= 0 and <= 20 and var count
            ? count
            : throw new BadInputException(FormattableString.Invariant($"--octaves {options.GetValue(octaves)}: a number from 0 to 20 is needed.")),
        LeastNoise = ExampleCommand.Within(options, leastNoise, least: 0, below: 1, isAbove: true),
        SharedTargets = options.GetValue(shared),
        Weighting = options.GetValue(weighting),
        Average = ExampleCommand.Within(options, average, least: 0, below: 1),
        GanEpochs = AtLeast("--gan-epochs", options.GetValue(ganEpochs) ?? 2 * options.GetValue(epochs), 1),
        DigitEpochs = AtLeast("--digit-epochs", options.GetValue(digitEpochs), 0),
        DigitRows = AtLeast("--digit-rows", options.GetValue(digitRows), 2),
        Seed = options.GetValue(seed),
        Device = ExampleCommand.DeviceOf(options.GetValue(device)!),
    };
    if (settings.Toys.Count == 0 && settings.DigitEpochs == 0)
    {
        throw new BadInputException("--toys none and --digit-epochs 0 leave nothing to do.");
    }

    string page = options.GetValue(html)!;
    ExampleCommand.CheckOutput(options.GetValue(json));
    ExampleCommand.CheckOutput(page);

    ToyResult[] results = [.. settings.Toys.Select(name => ToyExperiment.Run(name, settings, cancellation))];
    DigitsResult? digits = settings.DigitEpochs == 0 ? null : DigitsExperiment.Run(settings, cancellation);
    Output.Write(results, digits);
    if (options.GetValue(json) is { } jsonPath)
    {
        Output.WriteJson(jsonPath, results, digits);
    }

    Page.Write(page, results, digits, settings.Key.FoldIn(3));
    Console.WriteLine($"Pictures: {page}");
    return 0;
});

static IReadOnlyList<string> ParseToys(string text)
{
    IReadOnlyList<string> names = text switch
    {
        "none" => [],
        "all" => [.. ToyDensity.All.Keys],
        _ => text.Split(','),
    };
    return names.FirstOrDefault(name => !ToyDensity.All.ContainsKey(name)) is { } unknown
        ? throw new BadInputException($"--toys: there is no density '{unknown}'; there are {string.Join(", ", ToyDensity.All.Keys)}.")
        : names;
}

static int AtLeast(string option, int value, int least) => value >= least
    ? value
    : throw new BadInputException(FormattableString.Invariant($"{option} {value}: it must be at least {least}."));

static int[] ParseHidden(string text)
{
    int[] units = [.. text.Split(',').Select(word => int.TryParse(word, out int number) && number > 0
        ? number : throw new BadInputException($"--hidden {text}: '{word}' is not a number of units; write 128,128."))];
    return units.Distinct().Count() == 1 ? units : throw new BadInputException($"--hidden {text}: all layers must have the same number of units.");
}
