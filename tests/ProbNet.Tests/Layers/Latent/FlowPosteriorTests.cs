using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Tests.Layers;

/// <summary>The path derivative of flows, with which they are trained as posteriors.</summary>
public class FlowPosteriorTests
{
    private static readonly RandomKey s_key = RandomKey.FromSeed(41);

    public static TheoryData<string> WithParameters => [.. FlowCase.All.Keys.Where(name => FlowCase.Build(name).Parameters.Count > 0)];

    [Theory]
    [MemberData(nameof(WithParameters))]
    public void SampleAndPathLogProb_AnyFlow_HasTheGradientOfADensityWhoseParametersAreConstants(string name)
    {
        // The same flow twice: the density of the second, through its inverse, does not know the parameters of the first, which make the draws.
        (FlowHead drawn, FlowHead still) = (FlowCase.Build(name), FlowCase.Build(name));
        Tensor features = s_key.FoldIn(1).Normal([4, FlowCase.Features], DType.Float64);
        TransformedVector constant = still.Forward(features);
        Tensor weights = s_key.FoldIn(2).Normal([5, 4], DType.Float64);

        (Tensor value, Tensor[] gradients) = Gradient.ValueAndGradient(
            () => (weights * drawn.Forward(features).SampleAndPathLogProb(s_key, [5]).LogProb).Sum(), drawn.Parameters);
        (Tensor expected, Tensor[] throughTheInverse) = Gradient.ValueAndGradient(
            () => (weights * constant.LogDensity(drawn.Forward(features).SampleAndLogProb(s_key, [5]).Value)).Sum(), drawn.Parameters);

        Assert.Equal(expected.ToScalar(), value.ToScalar(), 1e-9 * (1 + Math.Abs(expected.ToScalar())));
        double scale = 1 + throughTheInverse.Max(g => g.Abs().Max().ToScalar());
        foreach ((Tensor a, Tensor b) in gradients.Zip(throughTheInverse))
        {
            // Roots of maps that are inverted by a search are good to 1e-10 or so.
            Assert.Equal(b.ToDoubles(), a.ToDoubles(), (p, q) => Math.Abs(p - q) < 1e-7 * scale);
        }
    }

    [Fact]
    public void SampleAndPathLogProb_TargetIsTheFlowItself_HasNoGradientInAnyDraw()
    {
        (FlowHead q, FlowHead target) = (Posterior(0), Posterior(0));
        TransformedVector p = target.Forward(Tensor.Zeros([0], DType.Float64));

        Assert.All(Gradients(q, p, isPath: true).SelectMany(g => g), g => Assert.Equal(0, g, 1e-9));
        Assert.Contains(Gradients(q, p, isPath: false).SelectMany(g => g), g => Math.Abs(g) > 0.1);
    }

    [Fact]
    public void SampleAndPathLogProb_NearTheTarget_HasTheMeanOfTheWholeDerivativeAndLessSpread()
    {
        (FlowHead q, FlowHead target) = (Posterior(0.01), Posterior(0));
        TransformedVector p = target.Forward(Tensor.Zeros([0], DType.Float64));

        double[][] path = Gradients(q, p, isPath: true, count: 500), whole = Gradients(q, p, isPath: false, count: 500);

        double spread = 0, wholeSpread = 0;
        for (int i = 0; i < path[0].Length; i++)
        {
            (double mean, double variance) = Moments([.. path.Select(g => g[i])]);
            (double wholeMean, double wholeVariance) = Moments([.. whole.Select(g => g[i])]);
            (spread, wholeSpread) = (spread + variance, wholeSpread + wholeVariance);

            // The draws are the same: the difference has a mean of 0, which is asked to 5 of its standard errors.
            (double difference, double square) = Moments([.. path.Zip(whole, (a, b) => a[i] - b[i])]);
            Assert.True(Math.Abs(difference) <= (5 * Math.Sqrt(square / path.Length)) + 1e-12, $"parameter {i}: {mean} against {wholeMean}");
        }

        // The path derivative is of the first order in the distance, 0.01, its variance of the second.
        Assert.True(spread < 0.1 * wholeSpread, $"{spread} against {wholeSpread}");
    }

    [Fact]
    public void SampleAndPathLogProb_ToMatrices_IsRefused()
    {
        var matrices = new TransformedVector(
            new Independent<Normal>(new Normal(Tensor.Zeros([2, 2], DType.Float64), Tensor.Ones([2, 2], DType.Float64)), 2), new AffineTransform(1.0, 2.0));

        NotSupportedException error = Assert.Throws<NotSupportedException>(() => matrices.SampleAndPathLogProb(s_key));

        Assert.Contains("[2, 2]", error.Message, StringComparison.Ordinal);
    }

    // An inverse autoregressive flow away from the identity, and a distance farther.
    private static FlowHead Posterior(double distance)
    {
        FlowHead head = Flows.Iaf(2, layers: 1, hidden: [6]);
        head.Build([0], new BuildContext("head", RandomKey.FromSeed(1), DType.Float64));
        RandomKey key = RandomKey.FromSeed(2);
        foreach (Parameter parameter in head.Parameters)
        {
            key = key.FoldIn(1);
            parameter.Value += (0.2 * key.Normal(parameter.Shape, DType.Float64)) + (distance * key.FoldIn(7).Normal(parameter.Shape, DType.Float64));
        }

        return head;
    }

    // The derivative of ln q(z) − ln p(z) by the parameters of q, of each draw: its mean is that of the divergence.
    private static double[][] Gradients(FlowHead q, TransformedVector p, bool isPath, int count = 8) => [.. Enumerable.Range(0, count).Select(i =>
    {
        (_, Tensor[] gradients) = Gradient.ValueAndGradient(
            () =>
            {
                TransformedVector flow = q.Forward(Tensor.Zeros([0], DType.Float64));
                (Tensor z, Tensor log) = isPath ? flow.SampleAndPathLogProb(s_key.FoldIn((ulong)i)) : flow.SampleAndLogProb(s_key.FoldIn((ulong)i));
                return log - p.LogDensity(z);
            },
            q.Parameters);
        return gradients.SelectMany(g => g.ToDoubles()).ToArray();
    })];

    private static (double Mean, double Variance) Moments(double[] x)
    {
        double mean = x.Average();
        return (mean, x.Sum(a => (a - mean) * (a - mean)) / (x.Length - 1));
    }
}
