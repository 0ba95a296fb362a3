using System.CommandLine;
using System.Diagnostics;
using ProbNet.Autodiff;
using ProbNet.Examples;
using ProbNet.Examples.FlowDensities;

string toys = string.Join(", ", ToyDensity.All.Keys), kinds = string.Join(", ", Contestant.All.Keys);
var sets = new Option<string>("--sets") { Description = $"Of {toys}.", HelpName = "a,b", DefaultValueFactory = _ => "moons,checkerboard,rings" };
var models = new Option<string>("--models") { Description = $"Of {kinds}.", HelpName = "a,b", DefaultValueFactory = _ => "spline,maf,matching" };
var train = new Option<string>("--train-file")
{
    Description = "Points of your own instead: a CSV file of two columns. Its last tenth chooses the best epoch.", HelpName = "file.csv",
};
var test = new Option<string>("--test-file") { Description = "The points to score on.", HelpName = "file.csv" };
var points = new Option<int>("--points") { Description = "Training points of a set.", DefaultValueFactory = _ => 10_000 };
var testPoints = new Option<int>("--test-points") { Description = "Test points of a set.", DefaultValueFactory = _ => 5_000 };
var steps = new Option<int>("--steps") { Description = "Training steps, about.", DefaultValueFactory = _ => 1_500 };
var batch = new Option<int>("--batch") { Description = "Points a step.", DefaultValueFactory = _ => 256 };
var hidden = new Option<string>("--hidden") { Description = "Units of the networks' hidden layers.", HelpName = "64,64", DefaultValueFactory = _ => "64,64" };
var bins = new Option<int>("--bins") { Description = "Bins of each spline.", DefaultValueFactory = _ => 16 };
var decay = new Option<double>("--weight-decay") { Description = "By which weights shrink: for few points.", DefaultValueFactory = _ => 0 };
var seed = new Option<long>("--seed") { Description = "Seed of everything random.", DefaultValueFactory = _ => 1 };
var json = new Option<string>("--json") { Description = "Writes the table to a JSON file.", HelpName = "out.json" };
var html = new Option<string>("--html") { Description = "Where the page with the pictures goes.", HelpName = "out.html", DefaultValueFactory = _ => "flows.html" };
var device = new Option<string>("--device") { Description = "Where the models are trained.", HelpName = "cpu|opencl:0", DefaultValueFactory = _ => "cpu" };
var root = new RootCommand("Densities in the plane learned by flows: pictures, and the gap to the exact density.")
{
    sets, models, train, test, points, testPoints, steps, batch, hidden, bins, decay, seed, json, html, device,
};

return ExampleCommand.Run(root, args, (options, cancellation) =>
{
    var settings = new Settings(
        AtLeast(options, points, 10), AtLeast(options, testPoints, 10), AtLeast(options, steps, 1), AtLeast(options, batch, 1),
        Units(options.GetValue(hidden)!), AtLeast(options, bins, 2), Decay(options.GetValue(decay)), options.GetValue(seed), ExampleCommand.DeviceOf(options.GetValue(device)!));
    ExampleCommand.CheckOutput(options.GetValue(json));
    ExampleCommand.CheckOutput(options.GetValue(html));
    Contestant[] contestants = Chosen("--models", options.GetValue(models)!, Contestant.All);
    RandomKey key = RandomKey.FromSeed(settings.Seed);
    (string? trainFile, string? testFile) = (options.GetValue(train), options.GetValue(test));
    if (trainFile is null != testFile is null)
    {
        throw new BadInputException("--train-file and --test-file go together: points to learn from, and points to score on.");
    }

    PointSet[] all = trainFile is null
        ? [.. Chosen("--sets", options.GetValue(sets)!, ToyDensity.All).Select((toy, i) => PointSet.Draw(toy, settings, key.FoldIn((ulong)i)))]
        : [PointSet.Read(trainFile, testFile!)];
    var results = new List<Result>();
    foreach (PointSet set in all)
    {
        foreach (Contestant contestant in contestants)
        {
            var watch = Stopwatch.StartNew();
            FittedFlow flow = contestant.Fit(set, settings, key.FoldIn(1000), cancellation);
            results.Add(Result.Of(set, contestant, flow, watch.Elapsed.TotalSeconds));
        }
    }

    Output.WriteTable(results);
    if (options.GetValue(json) is { } jsonPath)
    {
        Output.WriteJson(jsonPath, settings, results);
    }

    Page.Write(options.GetValue(html)!, settings, results);
    Console.WriteLine($"Pictures: {options.GetValue(html)}");
    return 0;
});

static int AtLeast(ParseResult options, Option<int> option, int least) => options.GetValue(option) is var value && value >= least
    ? value
    : throw new BadInputException($"{option.Name} {value}: it must be at least {least}.");

static double Decay(double value) => value >= 0 && double.IsFinite(value)
    ? value
    : throw new BadInputException(FormattableString.Invariant($"--weight-decay {value}: it must be at least 0 and finite."));

static T[] Chosen<T>(string option, string text, IReadOnlyDictionary<string, T> known) => [.. text.Split(',').Select(name => known.TryGetValue(name, out T? found)
    ? found
    : throw new BadInputException($"{option} {text}: '{name}' is unknown; known are {string.Join(", ", known.Keys)}."))];

static int[] Units(string text) => [.. text.Split(',').Select(word => int.TryParse(word, out int units) && units >= 1
    ? units
    : throw new BadInputException($"--hidden {text}: '{word}' is not a number of units; write 64,64."))];
