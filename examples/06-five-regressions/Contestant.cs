using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Inference;
using ProbNet.Layers;

namespace ProbNet.Examples.FiveRegressions;

/// <summary>One way to predict: trains on data and returns what predicts.</summary>
/// <param name="Id">Its name in the JSON file.</param>
/// <param name="Name">Its name in the table.</param>
/// <param name="Says">What it can say that the one before could not.</param>
/// <param name="Fit">Trains on inputs and targets with given options.</param>
internal sealed record Contestant(string Id, string Name, string Says, Func<Tensor, Tensor, FitOptions, Func<Tensor, Univariate>> Fit)
{
    /// <summary>From no uncertainty to all of it.</summary>
    public static IReadOnlyList<Contestant> All { get; } =
    [
        Single("mse", "squared error", "One curve, and one σ for all x: the mean of two branches is where no data are.", () => new MeanSquaredErrorHead()),
        Single("gaussian", "Gaussian", "The noise may depend on x (aleatoric uncertainty).", () => new NormalHead(minScale: Settings.MinScale)),
        Single("mdn", $"mixture of {Settings.Components} Gaussians", "Several values of y may be probable.",
            () => new NormalMixtureHead(Settings.Components, minScale: Settings.MinScale)),
        Single("heavy", $"mixture of {Settings.Components} Student t", "Outliers belong to the data: the tails are learned.", Heavy),
        new("ensemble", $"ensemble of {Settings.Members} of these",
            "What the networks disagree about is what the data do not say (epistemic uncertainty): it grows beyond the last of them.",
            (x, y, options) => Ensemble.Fit(() => Network(Heavy()), Settings.Members, x, y, options).Predict),
    ];

    private static StudentTMixtureHead Heavy() => new(Settings.Components, minScale: Settings.MinScale);

    private static Contestant Single<TOut>(string id, string name, string says, Func<Head<TOut>> head) where TOut : Univariate =>
        new(id, name, says, (x, y, options) =>
        {
            Model<TOut> model = Network(head());
            model.Fit(x, y, options);
            return model.Predict;
        });

    private static Model<TOut> Network<TOut>(Head<TOut> head) where TOut : Sampler =>
        Model.Sequential([new Dense(Settings.Units, Activation.Silu), new Dense(Settings.Units, Activation.Silu)], head);
}
