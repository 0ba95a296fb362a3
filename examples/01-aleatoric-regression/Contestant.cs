using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Inference;
using ProbNet.Layers;

namespace ProbNet.Examples.AleatoricRegression;

/// <summary>One way to predict: trains on data and returns what predicts.</summary>
/// <param name="Id">Its name in the JSON file.</param>
/// <param name="Name">Its name in the table.</param>
/// <param name="Fit">Trains on inputs and targets from a key.</param>
internal sealed record Contestant(string Id, string Name, Func<Tensor, Tensor, RandomKey, CancellationToken, FittedModel> Fit)
{
    /// <summary>The five models that the example compares.</summary>
    public static IReadOnlyList<Contestant> All(Settings settings) =>
    [
        Single("mse", "mean squared error", settings, () => new MeanSquaredErrorHead()),
        Single("gaussian", "Gaussian", settings, () => new NormalHead(minScale: Settings.MinScale)),
        Single("mdn", $"MDN, {Settings.Components} Gaussians", settings, () => new NormalMixtureHead(Settings.Components, minScale: Settings.MinScale)),
        Single("student_t", "Student t", settings, () => new StudentTHead(minScale: Settings.MinScale)),
        new("ensemble", $"ensemble of {Settings.Members} Gaussians", (x, y, key, cancellation) =>
        {
            Ensemble<Normal> ensemble = Ensemble.Fit(
                () => Network(settings, new NormalHead(minScale: Settings.MinScale)), Settings.Members, x, y, Options(settings, key, cancellation));
            return new FittedModel(ensemble.Predict, ensemble.Histories);
        }),
    ];

    private static Contestant Single<TOut>(string id, string name, Settings settings, Func<Head<TOut>> head) where TOut : Univariate =>
        new(id, name, (x, y, key, cancellation) =>
        {
            Model<TOut> model = Network(settings, head());
            History history = model.Fit(x, y, Options(settings, key, cancellation));
            return new FittedModel(model.Predict, [history]);
        });

    private static Model<TOut> Network<TOut>(Settings settings, Head<TOut> head) where TOut : Sampler =>
        Model.Sequential([.. settings.Hidden.Select(units => new Dense(units, Activation.Silu))], head);

    private static FitOptions Options(Settings settings, RandomKey key, CancellationToken cancellation) => new()
    {
        Epochs = settings.Epochs,
        BatchSize = Settings.BatchSize,
        Optimizer = run => new Adam(new CosineAnnealing(Settings.LearningRate, run.Steps), weightDecay: Settings.WeightDecay),
        ValidationSplit = Settings.ValidationSplit,
        Key = key,
        Device = settings.Device,
        CancellationToken = cancellation,
    };
}
