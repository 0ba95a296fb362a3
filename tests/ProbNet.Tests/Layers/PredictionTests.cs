using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Inference;
using ProbNet.Layers;

namespace ProbNet.Tests.Layers;

/// <summary>Predictions of heads that have networks of their own, which run when the prediction is asked.</summary>
public class PredictionTests
{
    private static readonly RandomKey s_key = RandomKey.FromSeed(43);
    private static readonly DiffusionOptions s_diffusion = new() { Width = 8, Frequencies = 2, FeatureDropout = 0.2, Process = new VariancePreserving() };

    private static readonly Dictionary<string, Func<bool, Case>> s_cases = new()
    {
        ["VAE"] = given => Of(given, () => Vae(), p => [p.Elbo(Y, s_key, 2).Value, p.LogProbEstimate(Y, s_key, 2).Value, p.Reconstruct(Y).Mean().Value]),
        ["VAE, VampPrior"] = given => Of(given, () => Vae(new VaeOptions { Prior = LatentPrior.Vamp(3) }), p => [p.Elbo(Y, s_key, 2).Value, p.SampleLatent(s_key)]),
        ["VAE, flows"] = given => Of(
            given, () => Vae(new VaeOptions { Posterior = Flows.Iaf(2, layers: 1, hidden: [4]), Prior = LatentPrior.Of(Flows.RealNvp(2, layers: 2, hidden: [4])) }),
            p => [p.Elbo(Y, s_key, 2).Value, p.Encode(Y).Sample(s_key)]),
        ["GAN"] = given => Of(given, () => new GanHead(2, new Dense(8, Activation.Relu), new Dense(8, Activation.Relu)), _ => []),
        ["diffusion"] = given => Of(given, () => new DiffusionHead(2, new Dense(8, Activation.Silu), s_diffusion), p => [p.LogProb(Y), p.Reverse.Denoise(Y, 0.5), p.Mode]),
        ["diffusion, estimated"] = given => Of(
            given, () => new StochasticDiffusionHead(2, new Dense(8, Activation.Silu), s_diffusion with { FeatureDropout = 0.1 }),
            p => given ? [p.LogProbEstimate(Y, s_key, 2).Value, p.WithGuidance(2).Sample(s_key)] : [p.LogProbEstimate(Y, s_key, 2).Value]),
        ["flow"] = given => Of(given, () => Flows.NeuralSpline(2, layers: 2, bins: 4, hidden: [8]), p => [p.LogProb(Y)]),
        ["continuous flow"] = given => Of(given, () => new ContinuousFlowHead(2, hidden: [8]), p => [p.LogProb(Y)]),
        ["continuous flow, estimated"] = given => Of(given, () => new HutchinsonFlowHead(2, hidden: [8]), p => [p.LogProbEstimate(Y, s_key, 2).Value]),
        ["autoregressive mixture"] = given => Of(given, () => new AutoregressiveMixtureHead(2, components: 2, hidden: 4), p => [p.LogProb(Y)]),
    };

    public static TheoryData<string> All => [.. s_cases.Keys];

    private static Tensor X => s_key.FoldIn(1).Normal([12, 2]);

    private static Tensor Y => s_key.FoldIn(2).Normal([12, 2]) + 1;

    [Fact]
    public void Table_EveryHeadWithNetworksOfItsOwn_IsInIt()
    {
        IEnumerable<Type> heads = typeof(FlowHead).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IHead)) && type is { IsAbstract: false, IsClass: true });
        Assert.Empty(heads.Where(type => !IsParametric(type)).Select(type => type.Name).Except(s_cases.Values.Select(create => create(false).Head)));

        static bool IsParametric(Type? type) =>
            type is not null && ((type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ParametricHead<>)) || IsParametric(type.BaseType));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Predict_BeforeAnotherFit_StaysAsItWas(string name)
    {
        foreach (bool given in (bool[])[true, false])
        {
            (double[][] before, double[][] after, double[][] fresh) = s_cases[name](given).Answers();

            Assert.Equal(before, after);
            Assert.All(before.Zip(fresh), pair => Assert.NotEqual(pair.First, pair.Second));
        }
    }

    private static VaeHead Vae(VaeOptions? options = null) => new(2, [new Dense(6, Activation.Tanh)], [new Dense(6, Activation.Tanh)], new NormalHead(2), options);

    // What a prediction answers before the model is trained on, the same prediction afterwards, and a new one.
    private static Case Of<TOut>(bool given, Func<Head<TOut>> create, Func<TOut, Tensor[]> ask) where TOut : Sampler => new(create().GetType().Name, () =>
    {
        Model<TOut> model = given ? Model.Sequential([new Dense(4, Activation.Tanh)], create()) : Model.Unconditional(create());
        TOut Predict() => given ? model.Predict(X) : model.Predict();
        double[][] Ask(TOut p) => [.. ask(p).Prepend(p.Sample(s_key, given ? 1 : 12)).Select(answer => answer.ToDoubles())];
        void Fit()
        {
            var options = new FitOptions { Epochs = 2, BatchSize = 4, ShowProgress = false, Key = s_key, Optimizer = _ => new Adam(0.05) };
            _ = given ? model.Fit(X, Y, options) : model.Fit(Y, options);
        }

        Fit();
        TOut prediction = Predict();
        double[][] before = Ask(prediction);
        Fit();
        return (before, Ask(prediction), Ask(Predict()));
    });

    private sealed record Case(string Head, Func<(double[][] Before, double[][] After, double[][] Fresh)> Answers);
}
