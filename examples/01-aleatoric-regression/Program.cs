using System.CommandLine;
using ProbNet.Autodiff;
using ProbNet.Examples;
using ProbNet.Examples.AleatoricRegression;

var data = new Option<string>("--data") { Description = "CSV file with a header line. Default: the motorcycle data.", HelpName = "file.csv" };
var target = new Option<string>("--target") { Description = "Column to predict. Default: the last.", HelpName = "column" };
var features = new Option<string>("--features") { Description = "Columns to predict from. Default: all others.", HelpName = "a,b" };
var hidden = new Option<string>("--hidden") { Description = "Units of the hidden layers.", HelpName = "50,50", DefaultValueFactory = _ => "50,50" };
var epochs = new Option<int>("--epochs") { Description = "Passes over the training data.", DefaultValueFactory = _ => 300 };
var seed = new Option<long>("--seed") { Description = "Seed of everything random.", DefaultValueFactory = _ => 1 };
var splits = new Option<string>("--splits")
{
    Description = "File with one line a split: its 0-based test rows. Reports mean ± standard error over the splits.", HelpName = "file.txt",
};
var json = new Option<string>("--json") { Description = "Writes the table to a JSON file.", HelpName = "out.json" };
var html = new Option<string>("--html")
{
    Description = "Where the page with the pictures goes (one split only).", HelpName = "out.html", DefaultValueFactory = _ => "aleatoric-regression.html",
};
var svg = new Option<string>("--svg") { Description = "Writes the picture of the Gaussian head as an SVG file (one feature, one split).", HelpName = "out.svg" };
var device = new Option<string>("--device") { Description = "Where the models are trained.", HelpName = "cpu|opencl:0", DefaultValueFactory = _ => "cpu" };
var root = new RootCommand("Regression where the noise depends on the input: five ways to predict a distribution, compared on held-out data.")
{
    data, target, features, hidden, epochs, seed, splits, json, html, svg, device,
};

return ExampleCommand.Run(root, args, (options, cancellation) =>
{
    var settings = new Settings(
        ExampleCommand.UnitsOf(options.GetValue(hidden)!), options.GetValue(epochs), options.GetValue(seed), ExampleCommand.DeviceOf(options.GetValue(device)!));
    if (settings.Epochs < 1)
    {
        throw new BadInputException($"--epochs {settings.Epochs}: at least one epoch is needed.");
    }

    ExampleCommand.CheckInput(options, data, splits);
    RegressionData all = RegressionData.Read(
        options.GetValue(data) ?? ExampleCommand.DataFile("mcycle.csv"), options.GetValue(target), options.GetValue(features)?.Split(','));
    if (options.GetValue(data) is null && all.Target == "accel")
    {
        all = all with { FeatureLabel = "time after impact (ms)", TargetLabel = "head acceleration (g)" };
    }

    string? splitsFile = options.GetValue(splits), page = splitsFile is null ? options.GetValue(html) : null;
    ExampleCommand.CheckOutput(options.GetValue(json));
    ExampleCommand.CheckOutput(page);
    string? picture = options.GetValue(svg);
    ExampleCommand.CheckOutput(picture);
    if (picture is not null && (splitsFile is not null || all.Features.Count > 1))
    {
        throw new BadInputException("--svg draws the prediction over one feature for one split; leave --splits away and give one of --features.");
    }

    IReadOnlyList<long[]> testRows = splitsFile is null ? [Experiment.RandomTestRows(all, settings.Seed)] : SplitsFile.Read(splitsFile, all.Count);

    var results = new List<List<Result>>();
    for (int split = 0; split < testRows.Count; split++)
    {
        (RegressionData train, RegressionData test) = all.Split(testRows[split]);
        results.Add(Experiment.Run(train, test, settings, split, cancellation));
    }

    List<Summary> summaries = [.. Enumerable.Range(0, results[0].Count).Select(i => Summary.Of([.. results.Select(split => split[i])]))];
    Output.WriteTable(all, summaries, testRows);
    if (options.GetValue(json) is { } jsonPath)
    {
        Output.WriteJson(jsonPath, all, summaries, testRows.Count);
    }

    if (page is not null)
    {
        (RegressionData train, RegressionData test) = all.Split(testRows[0]);
        Page.Write(page, train, test, results[0], summaries);
        Console.WriteLine($"Pictures: {page}");
        if (picture is not null)
        {
            Page.Picture(results[0], train, test).Save(picture);
        }
    }

    return 0;
});
