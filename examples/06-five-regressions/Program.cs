using System.CommandLine;
using System.Diagnostics;
using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Examples;
using ProbNet.Examples.FiveRegressions;
using ProbNet.Inference;

var rows = new Option<int>("--rows") { Description = "Simulated examples to train on.", DefaultValueFactory = _ => 1500 };
var epochs = new Option<int>("--epochs") { Description = "Passes over the training data.", DefaultValueFactory = _ => 120 };
var seed = new Option<long>("--seed") { Description = "Seed of everything random.", DefaultValueFactory = _ => 1 };
var json = new Option<string>("--json") { Description = "Writes the table to a JSON file.", HelpName = "out.json" };
var html = new Option<string>("--html") { Description = "Where the page with the pictures goes.", HelpName = "out.html", DefaultValueFactory = _ => "five-regressions.html" };
var device = new Option<string>("--device") { Description = "Where the models are trained.", HelpName = "cpu|opencl:0", DefaultValueFactory = _ => "cpu" };
var root = new RootCommand("One data set, five regressions: no uncertainty, aleatoric, several modes, heavy tails, and an ensemble for the epistemic part.")
{
    rows, epochs, seed, json, html, device,
};

return ExampleCommand.Run(root, args, (options, cancellation) =>
{
    var settings = new Settings(
        ExampleCommand.AtLeast(50, options.GetValue(rows), "--rows"), ExampleCommand.AtLeast(1, options.GetValue(epochs), "--epochs"),
        options.GetValue(seed), ExampleCommand.DeviceOf(options.GetValue(device)!));
    string page = options.GetValue(html)!;
    ExampleCommand.CheckOutput(options.GetValue(json));
    ExampleCommand.CheckOutput(page);

    RandomKey key = RandomKey.FromSeed(settings.Seed);
    (Tensor x, Tensor y) = Truth.Sample(settings.Rows, key.FoldIn(0));
    (Tensor testX, Tensor testY) = Truth.Sample(Settings.TestRows, key.FoldIn(1));
    double exactNll = -Truth.LogProb(testX, testY).Mean().ToScalar();
    var fit = new FitOptions
    {
        Epochs = settings.Epochs,
        BatchSize = Settings.BatchSize,
        Optimizer = run => new Adam(new CosineAnnealing(Settings.LearningRate, run.Steps)),
        ValidationSplit = Settings.ValidationSplit,
        Key = key.FoldIn(2),
        Device = settings.Device,
        CancellationToken = cancellation,
    };

    var results = new List<Result>();
    foreach (Contestant contestant in Contestant.All)
    {
        var watch = Stopwatch.StartNew();
        Func<Tensor, Univariate> predict = contestant.Fit(x, y, fit);
        double seconds = watch.Elapsed.TotalSeconds;
        results.Add(Result.Of(contestant, predict, testX, testY, seconds));
    }

    Output.WriteTable(results, exactNll, settings.Rows);
    if (options.GetValue(json) is { } jsonPath)
    {
        Output.WriteJson(jsonPath, results, exactNll, Page.Epistemic(results[^1]));
    }

    Page.Write(page, x, y, results, exactNll);
    Console.WriteLine($"Pictures: {page}");
    return 0;
});
