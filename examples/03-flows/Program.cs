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
var testPoints = new Option<int>("--test-points") { Description = "Test points of a set.", DefaultValueFactory = _ => 3_000 };
var steps = new Option<int>("--steps") { Description = "Training steps, about.", DefaultValueFactory = _ => 1_200 };
var batch = new Option<int>("--batch") { Description = "Points a step.", DefaultValueFactory = _ => 256 };
var hidden = new Option<string>("--hidden") { Description = "Units of the networks' hidden layers.", HelpName = "64,64", DefaultValueFactory = _ => "64,64" };
var bins = new Option<int>("--bins") { Description = "Bins of each spline.", DefaultValueFactory = _ => 16 };
var components = new Option<int>("--components") { Description = "Components of each mixture.", DefaultValueFactory = _ => 24 };
var rate = new Option<double>("--rate") { Description = "The largest learning rate.", DefaultValueFactory = _ => 3e-3 };
var decay = new Option<double>("--weight-decay") { Description = "By which weights shrink: for few points.", DefaultValueFactory = _ => 0 };
var jitter = new Option<double>("--jitter")
{
    Description = "Noise that is added to training points, in their standard deviations: for few points.", DefaultValueFactory = _ => 0,
};
var average = new Option<double>("--average") { Description = "Decay of the average of the weights; 0 takes the last ones.", DefaultValueFactory = _ => 0 };
var seed = new Option<long>("--seed") { Description = "Seed of everything random.", DefaultValueFactory = _ => 1 };
var seeds = new Option<int>("--seeds") { Description = "Trainings of each model, with consecutive seeds; means and standard errors are reported.", DefaultValueFactory = _ => 1 };
var json = new Option<string>("--json") { Description = "Writes the table to a JSON file.", HelpName = "out.json" };
var html = new Option<string>("--html") { Description = "Where the page with the pictures goes.", HelpName = "out.html", DefaultValueFactory = _ => "flows.html" };
var device = new Option<string>("--device") { Description = "Where the models are trained.", HelpName = "cpu|opencl:0", DefaultValueFactory = _ => "cpu" };
var root = new RootCommand("Densities in the plane learned by flows and mixtures: pictures, and the gap to the exact density.")
{
    sets, models, train, test, points, testPoints, steps, batch, hidden, bins, components, rate, decay, jitter, average, seed, seeds, json, html, device,
};

return ExampleCommand.Run(root, args, (options, cancellation) =>
{
    var settings = new Settings
    {
        Points = AtLeast(options, points, 10),
        TestPoints = AtLeast(options, testPoints, 10),
        Steps = AtLeast(options, steps, 1),
        Batch = AtLeast(options, batch, 1),
        LearningRate = ExampleCommand.Within(options, rate, least: 0, isAbove: true),
        Hidden = ExampleCommand.UnitsOf(options.GetValue(hidden)!),
        Bins = AtLeast(options, bins, 2),
        Components = AtLeast(options, components, 1),
        WeightDecay = ExampleCommand.Within(options, decay, least: 0),
        Jitter = ExampleCommand.Within(options, jitter, least: 0),
        Average = ExampleCommand.Within(options, average, least: 0, below: 1),
        Device = ExampleCommand.DeviceOf(options.GetValue(device)!),
    };
    ExampleCommand.CheckOutput(options.GetValue(json));
    ExampleCommand.CheckOutput(options.GetValue(html));
    Contestant[] contestants = Chosen("--models", options.GetValue(models)!, Contestant.All);
    (string? trainFile, string? testFile) = (options.GetValue(train), options.GetValue(test));
    if (trainFile is null != testFile is null)
    {
        throw new BadInputException("--train-file and --test-file go together: points to learn from, and points to score on.");
    }

    ExampleCommand.CheckInput(options, train, test);
    PointSet? own = trainFile is null ? null : PointSet.Read(trainFile, testFile!);
    ToyDensity[] toys = own is null ? Chosen("--sets", options.GetValue(sets)!, ToyDensity.All) : [];
    RandomKey[] keys = [.. Enumerable.Range(0, AtLeast(options, seeds, 1)).Select(i => RandomKey.FromSeed(options.GetValue(seed) + i))];
    List<List<Result>> runs = [.. keys.Select(Train)];
    Summary[] rows = [.. Enumerable.Range(0, runs[0].Count).Select(i => new Summary(contestants[i % contestants.Length], [.. runs.Select(run => run[i])]))];

    Output.WriteTable(rows);
    if (options.GetValue(json) is { } jsonPath)
    {
        Output.WriteJson(jsonPath, settings, rows);
    }

    Page.Write(options.GetValue(html)!, settings, keys[0].FoldIn(99), rows);
    Console.WriteLine($"Pictures: {options.GetValue(html)}");
    return 0;

    List<Result> Train(RandomKey key)
    {
        var results = new List<Result>();
        foreach (PointSet set in own is null ? toys.Select((toy, i) => PointSet.Draw(toy, settings, key.FoldIn((ulong)i))) : [own])
        {
            foreach (Contestant contestant in contestants)
            {
                var watch = Stopwatch.StartNew();
                FittedFlow flow = contestant.Fit(set, settings, key.FoldIn(1000), cancellation);
                results.Add(Result.Of(set, flow, watch.Elapsed.TotalSeconds));
            }
        }

        return results;
    }
});

static int AtLeast(ParseResult options, Option<int> option, int least) => ExampleCommand.AtLeast(least, options.GetValue(option), option.Name);

static T[] Chosen<T>(string option, string text, IReadOnlyDictionary<string, T> known) => [.. text.Split(',').Select(name => known.TryGetValue(name, out T? found)
    ? found
    : throw new BadInputException($"{option} {text}: '{name}' is unknown; known are {string.Join(", ", known.Keys)}."))];
