using System.CommandLine;
using ProbNet.Autodiff;
using ProbNet.Examples;
using ProbNet.Examples.PhotometricRedshift;

var data = new Option<string>("--data")
{
    Description = "Catalogue as a CSV file with redshift, u_mag, g_mag, r_mag, i_mag and zband_mag; rows with a magnitude of 0 or less are dropped. "
        + "Default: a simulated survey of quasars.",
    HelpName = "file.csv",
};
var trainRows = new Option<string>("--train-rows") { Description = "File with the 0-based rows of what is left to train on, one a line.", HelpName = "rows.txt" };
var testRows = new Option<string>("--test-rows") { Description = "File with the 0-based rows of what is left to test on, one a line.", HelpName = "rows.txt" };
var objects = new Option<int>("--objects") { Description = "Objects of the simulated survey; a fifth is for the test.", DefaultValueFactory = _ => 5000 };
var hidden = new Option<string>("--hidden") { Description = "Units of the hidden layers.", HelpName = "64,64", DefaultValueFactory = _ => "64,64" };
var epochs = new Option<int>("--epochs") { Description = "Passes over the training data.", DefaultValueFactory = _ => 40 };
var large = new Option<bool>("--large") { Description = "Trains a larger network with dropout too (some 15 seconds for 20,000 objects)." };
var only = new Option<string>("--only") { Description = "Trains these models only.", HelpName = "gaussian,mdn,…" };
var seed = new Option<long>("--seed") { Description = "Seed of everything random.", DefaultValueFactory = _ => 1 };
var seeds = new Option<int>("--seeds") { Description = "Trainings of each model, with consecutive seeds; means and standard errors are reported.", DefaultValueFactory = _ => 1 };
var json = new Option<string>("--json") { Description = "Writes the table to a JSON file.", HelpName = "out.json" };
var html = new Option<string>("--html") { Description = "Where the page with the pictures goes.", HelpName = "out.html", DefaultValueFactory = _ => "photometric-redshift.html" };
var device = new Option<string>("--device") { Description = "Where the models are trained.", HelpName = "cpu|opencl:0", DefaultValueFactory = _ => "cpu" };
var root = new RootCommand("Photometric redshifts: p(z | colours) by a Gaussian head, a mixture density network, an ensemble and a flow.")
{
    data, trainRows, testRows, objects, hidden, epochs, large, only, seed, seeds, json, html, device,
};

return ExampleCommand.Run(root, args, (options, cancellation) =>
{
    var settings = new Settings(
        ExampleCommand.UnitsOf(options.GetValue(hidden)!), ExampleCommand.AtLeast(1, options.GetValue(epochs), "--epochs"),
        ExampleCommand.DeviceOf(options.GetValue(device)!), options.GetValue(large));
    IReadOnlyList<Contestant> contestants = Contestant.Chosen(settings, options.GetValue(only));
    int trainings = ExampleCommand.AtLeast(1, options.GetValue(seeds), "--seeds"), count = ExampleCommand.AtLeast(50, options.GetValue(objects), "--objects");
    long first = options.GetValue(seed);
    string page = options.GetValue(html)!;
    ExampleCommand.CheckOutput(options.GetValue(json));
    ExampleCommand.CheckOutput(page);
    if (options.GetValue(data) is null && (options.GetValue(trainRows) ?? options.GetValue(testRows)) is not null)
    {
        throw new BadInputException("--train-rows and --test-rows are rows of a catalogue; give it by --data.");
    }

    if (options.GetValue(trainRows) is null != options.GetValue(testRows) is null)
    {
        throw new BadInputException("--train-rows and --test-rows belong together; give both or none.");
    }

    ExampleCommand.CheckInput(options, data, trainRows, testRows);
    RandomKey key = RandomKey.FromSeed(first).FoldIn(0);
    Survey survey = (options.GetValue(data) is { } path
        ? Catalogue.Read(path, options.GetValue(trainRows), options.GetValue(testRows), key)
        : SimulatedQuasars.Simulate(count - (count / 5), count / 5, key)).Standardized();

    List<List<Result>> results = [.. Enumerable.Range(0, trainings).Select(i => Experiment.Run(survey, contestants, first + i, cancellation))];
    List<Summary> summaries = [.. Enumerable.Range(0, results[0].Count).Select(i => Summary.Of([.. results.Select(run => run[i])]))];
    Output.WriteTable(survey, summaries, trainings);
    if (options.GetValue(json) is { } jsonPath)
    {
        Output.WriteJson(jsonPath, survey, summaries, results);
    }

    Page.Write(page, survey, results[0], summaries);
    Console.WriteLine($"Pictures: {page}");
    return 0;
});
