using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Tests.Layers;

/// <summary>One kind of head that model files know, small: a row of the table that all of them go through.</summary>
internal abstract class RegisteredHead
{
    /// <summary>Every kind of head of the library.</summary>
    public static IReadOnlyDictionary<string, RegisteredHead> All { get; } = Rows().ToDictionary(head => head.Create().Name);

    public static TheoryData<string> Kinds => [.. All.Keys];

    public abstract IHead Create();

    /// <summary>A model of one layer and the head, and what comes back from its file.</summary>
    public abstract (SavedModel Saved, SavedModel Loaded) SaveAndLoad(DType dtype);

    private static IEnumerable<RegisteredHead> Rows()
    {
        static RegisteredHead Of<TOut>(Func<Head<TOut>> create) where TOut : Sampler => new RegisteredHead<TOut>(create);

        var diffusion = new DiffusionOptions { Width = 4, Frequencies = 2 };
        yield return Of(() => new AutoregressiveMixtureHead(2, components: 2, hidden: 4));
        yield return Of(() => new BernoulliHead(outputs: 3));
        yield return Of(() => new BetaHead());
        yield return Of(() => new BetaMixtureHead(2));
        yield return Of(() => new BinomialHead(20));
        yield return Of(() => new BinsHead([-1, 0, 1, 2]));
        yield return Of(() => new CategoricalHead(4));
        yield return Of(() => new ContinuousFlowHead(2, hidden: [4]));
        yield return Of(() => new DiagonalNormalHead(2));
        yield return Of(() => new DiagonalNormalMixtureHead(2, 2));
        yield return Of(() => new DiffusionHead(2, new Dense(4, Activation.Silu), diffusion));
        yield return Of(() => Flows.RealNvp(2, layers: 2, hidden: [4]));
        yield return Of(() => new GammaHead());
        yield return Of(() => new GanHead(2, new Dense(4), new Dense(4)));
        yield return Of(() => new HomoscedasticNormalHead(2));
        yield return Of(() => new HurdleNegativeBinomialHead());
        yield return Of(() => new HurdlePoissonHead());
        yield return Of(() => new HutchinsonFlowHead(2, hidden: [4]));
        yield return Of(() => new LaplaceHead());
        yield return Of(() => new LogisticHead());
        yield return Of(() => new LogisticMixtureHead(2));
        yield return Of(() => new LogNormalHead());
        yield return Of(() => new LogNormalMixtureHead(2));
        yield return Of(() => new LowRankNormalHead(2, 1));
        yield return Of(() => new LowRankNormalMixtureHead(2, 2, 1));
        yield return Of(() => new MeanSquaredErrorHead());
        yield return Of(() => new MultivariateNormalHead(2));
        yield return Of(() => new MultivariateNormalMixtureHead(2, 2));
        yield return Of(() => new NegativeBinomialHead());
        yield return Of(() => new NormalHead(outputs: 2, minScale: 0.1));
        yield return Of(() => new NormalMixtureHead(4));
        yield return Of(() => new PoissonHead());
        yield return Of(() => new QuantileHead());
        yield return Of(() => new SplineHead(bins: 4, learnTails: true));
        yield return Of(() => new StochasticDiffusionHead(2, new Dense(4, Activation.Silu), diffusion));
        yield return Of(() => new StudentTHead(minDf: 1.1));
        yield return Of(() => new StudentTMixtureHead(2, df: 3.5));
        yield return Of(() => new VaeHead(2, [new Dense(4, Activation.Tanh)], [new Dense(4, Activation.Tanh)], new NormalHead(outputs: 3)));
        yield return Of(() => new VonMisesHead());
        yield return Of(() => new VonMisesMixtureHead(2));
        yield return Of(() => new ZeroInflatedNegativeBinomialHead());
        yield return Of(() => new ZeroInflatedPoissonHead());
    }

    /// <summary>A model as far as a test of files looks at it.</summary>
    public sealed record SavedModel(string Text, string Summary, DType DType, string Description, double[] Weights, double[] Draws);
}

/// <inheritdoc/>
internal sealed class RegisteredHead<TOut>(Func<Head<TOut>> create) : RegisteredHead where TOut : Sampler
{
    private static readonly RandomKey s_key = RandomKey.FromSeed(19);

    public override IHead Create() => create();

    public override (SavedModel Saved, SavedModel Loaded) SaveAndLoad(DType dtype)
    {
        var model = new Model<TOut>(new Sequential(new Dense(3, Activation.Tanh)), create(), dtype);
        model.Build(2, s_key);
        RandomKey key = s_key;
        foreach (Parameter parameter in (IEnumerable<Parameter>)[.. model.Parameters, .. model.Head.State])
        {
            key = key.FoldIn(1);
            parameter.Value += 0.1 * key.UniformOpen(parameter.Shape, dtype);
        }

        using var file = new TemporaryFile();
        model.Save(file.Path);
        return (Of(model), Of(Model.Load<TOut>(file.Path)));
    }

    private static SavedModel Of(Model<TOut> model) => new(
        $"{model}", model.Summary(), model.DType, model.Head.Describe().ToJson().ToJsonString(),
        [.. model.Parameters.Concat(model.Head.State).SelectMany(parameter => parameter.Value.ToDoubles())],
        model.Predict(s_key.FoldIn(2).Normal([3, 2], model.DType)).Sample(s_key.FoldIn(3)).ToDoubles());
}
