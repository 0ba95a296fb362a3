using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Tests.Layers;

/// <summary>A row whose features are NaN has an unknown density, and changes no other row's.</summary>
public class UnknownFeaturesTests
{
    private static readonly RandomKey s_key = RandomKey.FromSeed(47);

    // How a head predicts from features [n, 2], and to what the rest of a batch may change a row: adaptive steps are common to the rows.
    private static readonly Dictionary<string, (Func<Tensor, Distribution> Predict, double Tolerance)> s_heads =
        Rows().ToDictionary(row => row.Name, row => (row.Predict, row.Tolerance));

    public static TheoryData<string> All => [.. s_heads.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public void LogProb_OneRowOfNaN_LeavesTheOthersAndTheirGradients(string name)
    {
        (Func<Tensor, Distribution> predict, double tolerance) = s_heads[name];
        Tensor features = s_key.Normal([3, 2], DType.Float64);
        Tensor bad = Tensor.Stack([features[0], Tensor.Full([2], double.NaN, DType.Float64), features[2]]);
        Tensor y = s_key.FoldIn(1).Normal([3, predict(features).EventShape[0]], DType.Float64);

        (double[] expected, double[] byFeatures, double[] byValues) = Ask(features);
        (double[] log, double[] gradient, double[] slope) = Ask(bad);

        Assert.True(double.IsNaN(log[1]), $"{name}: {log[1]}");
        foreach (int row in (int[])[0, 2])
        {
            Assert.Equal(expected[row], log[row], tolerance);
            Assert.Equal(byFeatures[(2 * row)..(2 * row + 2)], gradient[(2 * row)..(2 * row + 2)], (a, b) => Math.Abs(a - b) <= tolerance * 10);
            int n = y.Shape[1];
            Assert.Equal(byValues[(n * row)..(n * (row + 1))], slope[(n * row)..(n * (row + 1))], (a, b) => Math.Abs(a - b) <= tolerance * 10);
        }

        (double[] Log, double[] ByFeatures, double[] ByValues) Ask(Tensor x) => (
            predict(x).LogProb(y).ToDoubles(), Gradient.Of(at => predict(at).LogProb(y).Sum(), x).ToDoubles(), Gradient.Of(at => predict(x).LogProb(at).Sum(), y).ToDoubles());
    }

    private static IEnumerable<(string Name, Func<Tensor, Distribution> Predict, double Tolerance)> Rows()
    {
        foreach (string name in FlowCase.All.Keys)
        {
            // Maps without parameters do not see the features.
            FlowHead head = FlowCase.Build(name);
            if (head.Steps.Any(step => step is CouplingStep or AutoregressiveStep or PlanarStep or RadialStep or InvertedStep))
            {
                yield return (name, x => head.Forward(x), 1e-9);
            }
        }

        yield return Of("continuous flow", new ContinuousFlowHead(2, hidden: [8]), 1e-3);
        yield return Of("autoregressive mixture", new AutoregressiveMixtureHead(2, components: 2, hidden: 4), 1e-9);
        yield return Of("diffusion", new DiffusionHead(2, new Dense(8, Activation.Silu), new DiffusionOptions { Width = 8, Frequencies = 2 }), 1e-9);
    }

    private static (string, Func<Tensor, Distribution>, double) Of<TOut>(string name, Head<TOut> head, double tolerance) where TOut : Distribution
    {
        head.Build([2], new BuildContext("head", s_key, DType.Float64));
        RandomKey key = s_key;
        foreach (Parameter parameter in head.Parameters)
        {
            key = key.FoldIn(1);
            parameter.Value += 0.3 * key.Normal(parameter.Shape, DType.Float64);
        }

        return (name, head.Forward, tolerance);
    }
}
