using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Inference;
using ProbNet.Layers;

namespace ProbNet.Examples.PhotometricRedshift;

/// <summary>One way to predict p(z | colours).</summary>
/// <param name="Id">Its name in the JSON file.</param>
/// <param name="Name">Its name in the table.</param>
/// <param name="Fit">Trains on inputs and redshifts from a key.</param>
internal sealed record Contestant(string Id, string Name, Func<Tensor, Tensor, RandomKey, CancellationToken, FittedModel> Fit)
{
    /// <summary>The models that are named, or all.</summary>
    /// <exception cref="BadInputException">There is no model of a name.</exception>
    public static IReadOnlyList<Contestant> Chosen(Settings settings, string? names)
    {
        IReadOnlyList<Contestant> all = All(settings);
        return names is null ? all : [.. names.Split(',').Select(name => all.FirstOrDefault(contestant => contestant.Id == name)
            ?? throw new BadInputException($"--only {names}: there is no model '{name}'; there are {string.Join(", ", all.Select(contestant => contestant.Id))}."))];
    }

    /// <summary>The models that the example compares.</summary>
    private static IReadOnlyList<Contestant> All(Settings settings)
    {
        var all = new List<Contestant>
        {
            Single("gaussian", "Gaussian", settings, () => new NormalHead()),
            Single("mdn", $"MDN, {Settings.Components} Gaussians", settings, Mdn),
            new("ensemble", $"ensemble of {Settings.Members} MDNs", (x, z, key, cancellation) =>
            {
                Ensemble<Mixture<Normal>> ensemble = Ensemble.Fit(
                    () => Network(settings.Hidden, Activation.Relu, 0, Mdn()), Settings.Members, x, z, Options(settings, key, cancellation));
                return new FittedModel(ensemble.Predict, ensemble.Histories);
            }),
        };
        all.Add(Single("flow", $"spline flow, {Settings.Bins} bins", settings, () => new SplineHead(Settings.Bins)));
        if (settings.Large)
        {
            all.Add(LargeNetwork(settings));
        }

        return all;

        static Head<Mixture<Normal>> Mdn() => new NormalMixtureHead(Settings.Components);
    }

    private static Contestant LargeNetwork(Settings settings) => new("large", "large network, 16 Gaussians", (x, z, key, cancellation) =>
    {
        Model<Mixture<Normal>> model = Network([128, 128, 128], Activation.Silu, 0.05, new NormalMixtureHead(16));
        History history = model.Fit(x, z, Options(settings, key, cancellation) with
        {
            Epochs = 60,
            Optimizer = run => new AdamW(new CosineAnnealing(Settings.LearningRate, run.Steps), weightDecay: 0.01),
        });
        return new FittedModel(model.Predict, [history]);
    });

    private static Contestant Single<TOut>(string id, string name, Settings settings, Func<Head<TOut>> head) where TOut : Univariate =>
        new(id, name, (x, z, key, cancellation) =>
        {
            Model<TOut> model = Network(settings.Hidden, Activation.Relu, 0, head());
            History history = model.Fit(x, z, Options(settings, key, cancellation));
            return new FittedModel(model.Predict, [history]);
        });

    private static Model<TOut> Network<TOut>(IReadOnlyList<int> hidden, Activation activation, double dropout, Head<TOut> head) where TOut : Sampler
    {
        var layers = new List<Layer>();
        foreach (int units in hidden)
        {
            layers.Add(new Dense(units, activation));
            if (dropout > 0)
            {
                layers.Add(new Dropout(dropout));
            }
        }

        return Model.Sequential(layers, head);
    }

    // The inputs are standardized already, since they are clipped.
    private static FitOptions Options(Settings settings, RandomKey key, CancellationToken cancellation) => new()
    {
        Epochs = settings.Epochs,
        BatchSize = Settings.BatchSize,
        Optimizer = _ => new Adam(Settings.LearningRate),
        ValidationSplit = Settings.ValidationSplit,
        StandardizeInputs = false,
        Key = key,
        Device = settings.Device,
        CancellationToken = cancellation,
    };
}
