using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Tests.Layers;

/// <summary>A prediction with a density and draws of it: a row of the table in which the two are compared, of one example or of none, away from where training starts.</summary>
/// <param name="Head">The type of the head.</param>
/// <param name="Predict">The prediction in a type of numbers.</param>
internal sealed record SamplingCase(Type Head, Func<DType, Distribution> Predict)
{
    private static readonly RandomKey s_key = RandomKey.FromSeed(23);

    /// <summary>Draws for a key and a number; those of the prediction unless it has several ways.</summary>
    public Func<Distribution, RandomKey, int, Tensor> Draw { get; init; } = (p, key, count) => p.Sample(key, count);

    /// <summary>Points of the density along a side of a cell: few where each is the solution of an equation.</summary>
    public int Fine { get; init; } = 24;

    public static IReadOnlyDictionary<string, SamplingCase> All { get; } = Rows().ToDictionary(row => row.Name, row => row.Case);

    public static TheoryData<string> Names => [.. All.Keys];

    private static IEnumerable<(string Name, SamplingCase Case)> Rows()
    {
        foreach (string name in FlowCase.All.Keys)
        {
            yield return ($"Flow: {name}", new(typeof(FlowHead), dtype => FlowCase.Build(name, dtype).Forward(Example(dtype))));
        }

        yield return Row("Spline", () => new SplineHead(bins: 6));
        yield return Row("Spline, tails", () => new SplineHead(bins: 6, learnTails: true));
        for (int i = 1; i <= 3; i++)
        {
            int dimension = i;
            yield return Row($"Autoregressive mixture, {i}", () => new AutoregressiveMixtureHead(dimension, components: 3, hidden: 4));
            (string name, SamplingCase row) = Row($"Continuous flow, {i}", () => new ContinuousFlowHead(dimension, hidden: [8]));
            yield return (name, row with { Fine = 10 });

            // Heun's method is of second order, so that its draws have another density than that which is told.
            (name, row) = Row($"Diffusion, {i}", () => new DiffusionHead(dimension, new Sequential(new Dense(8, Activation.Tanh)), new() { Width = 8, Frequencies = 2 }), 0.15);
            yield return (name, row with { Fine = 8, Draw = (p, key, count) => ((Diffusion)p).Reverse.Sample(key, [count], new ProbabilityFlow(60)) });
        }

        yield return Row("Bins", () => new BinsHead([-1, 0, 0.5, 2]));
        yield return Row("Quantiles", () => new QuantileHead([0.1, 0.3, 0.5, 0.8]));
        yield return Row("von Mises", () => new VonMisesHead());
        yield return Row("von Mises mixture", () => new VonMisesMixtureHead(2));
        yield return Row("Normals, full", () => new MultivariateNormalHead(2));
        yield return Row("Normals, low rank", () => new LowRankNormalHead(3, rank: 1));
        yield return Row("Mixture of Normals, diagonal", () => new DiagonalNormalMixtureHead(2, 2));
        yield return Row("Mixture of Normals, full", () => new MultivariateNormalMixtureHead(2, 2));
        yield return Row("Mixture of Normals, low rank", () => new LowRankNormalMixtureHead(2, 3, rank: 1));
        yield return Row("Mixture of Student t", () => new StudentTMixtureHead(2));
        yield return Row("Mixture of logistics", () => new LogisticMixtureHead(2));
    }

    private static (string Name, SamplingCase Case) Row<TOut>(string name, Func<Head<TOut>> create, double spread = 0.4) where TOut : Distribution => (name, new(
        create().GetType(),
        dtype =>
        {
            Head<TOut> head = create();
            head.Build([2], new BuildContext("head", s_key, dtype));
            RandomKey key = s_key;
            foreach (Parameter parameter in head.Parameters)
            {
                key = key.FoldIn(1);
                parameter.Value += spread * key.Normal(parameter.Shape, dtype);
            }

            return head.Forward(Example(dtype));
        }));

    private static Tensor Example(DType dtype) => Tensor.From(0.6, -1.1).Cast(dtype);
}
