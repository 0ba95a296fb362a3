using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Tests.Layers;

/// <summary>Losses of predictions in the units of the data, for heads with networks of their own; the others are in the table of <see cref="HeadCase"/>.</summary>
public class RescaledLossTests
{
    private static readonly RandomKey s_key = RandomKey.FromSeed(37);

    [Fact]
    public void Loss_OfARescaledPrediction_IsTheLossInOriginalUnits()
    {
        foreach (FlowObjective objective in Enum.GetValues<FlowObjective>())
        {
            Check(new ContinuousFlowHead(2, objective, hidden: [4]));
            Check(new HutchinsonFlowHead(2, objective, hidden: [4]));
        }

        foreach (DiffusionWeighting weighting in Enum.GetValues<DiffusionWeighting>())
        {
            var options = new DiffusionOptions { Weighting = weighting, Width = 4, Frequencies = 2 };
            Check(new DiffusionHead(2, new Sequential(new Dense(4, Activation.Silu)), options));
            Check(new StochasticDiffusionHead(2, new Sequential(new Dense(4, Activation.Silu)), options));
        }

        Check(new GanHead(2, new Sequential(new Dense(4)), new Sequential(new Dense(4))));
        Check(new VaeHead(1, [new Dense(4)], [new Dense(4)], new NormalHead(outputs: 2)));
        Check(Flows.RealNvp(2, layers: 2, hidden: [4]));
        Check(new AutoregressiveMixtureHead(2, components: 2, hidden: 4));
    }

    private static void Check<TOut>(Head<TOut> head) where TOut : Sampler
    {
        head.Build([3], new BuildContext("head", s_key, DType.Float64));
        Tensor features = s_key.Normal([5, 3], DType.Float64), y = s_key.FoldIn(1).Normal([5, 2], DType.Float64);
        Tensor loc = Tensor.From(10.0, -3), scale = Tensor.From(4.0, 0.5);
        var context = new LossContext(s_key.FoldIn(2), 0.5);
        TOut p = head.Forward(features);
        double told = head.LossInOriginalUnits(head.Loss(p, y, context).Mean().ToScalar(), scale);
        Assert.Equal(told, head.Loss(head.Rescale(p, loc, scale), loc + (scale * y), context).Mean().ToScalar(), 1e-4 * Math.Abs(told));
        foreach (TrainingPhase<TOut> phase in head.Phases)
        {
            Tensor one = phase.Loss(p, y, context), other = phase.Loss(head.Rescale(p, loc, scale), loc + (scale * y), context);
            Assert.True((one - other).Abs().Max().ToScalar() < 1e-9, $"{phase.Name}: {one} {other}");
        }
    }
}
