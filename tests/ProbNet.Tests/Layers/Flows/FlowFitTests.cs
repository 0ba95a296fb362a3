using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Inference;
using ProbNet.Layers;
using ProbNet.Tests.Autodiff;

namespace ProbNet.Tests.Layers;

public class FlowFitTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(11);

    // y = A·z + b with standard Normal z: a Normal whose density is known.
    private static readonly Tensor Mixing = Tensor.From(new[,] { { 1.5, 0.0 }, { -1.2, 0.4 } });
    private static readonly MultivariateNormal Truth = new(Tensor.From(2.0, -5), Mixing);

    public static TheoryData<string, Func<FlowHead>> Heads => new()
    {
        { "spline", () => Flows.NeuralSpline(2, layers: 2, hidden: [16]) },
        { "MAF", () => Flows.Maf(2, layers: 2, hidden: [16]) },
    };

    [Theory]
    [MemberData(nameof(Heads))]
    public void Fit_OnAnAffineTransformedNormal_RecoversItTo10Millinats(string name, Func<FlowHead> create)
    {
        Model<TransformedVector> model = Model.Unconditional(create());
        model.Fit(Truth.Sample(Key, 8192).Cast(DType.Float32), new FitOptions
        {
            Epochs = 30, BatchSize = 256, Optimizer = run => new Adam(new CosineAnnealing(1e-2, run.Steps)), Key = Key,
        });

        // The gap is the Kullback–Leibler divergence; in pairs its sampling error is far below it.
        Tensor test = Truth.Sample(Key.FoldIn(1), 8192);
        double gap = (Truth.LogProb(test) - model.Predict().LogProb(test.Cast(DType.Float32)).Cast(DType.Float64)).Mean().ToScalar();
        // Of 8,192 pairs with a divergence of 0.01 at most the mean is known to √(2·0.01/8192) = 0.0016: far below 0 no density can be.
        Assert.InRange(gap, -0.008, 0.01);
        FlowCheckResult check = Flows.Check(model.Predict());
        Assert.True(check.Passed, $"{name}: {check}");
    }

    [Fact]
    public void SplineHead_OnABimodalConditional_HasItsDistributionFunction()
    {
        // Two Normals at ±x.
        Tensor x = 1 + (2 * Key.FoldIn(2).Uniform([6000], DType.Float64)), side = (2 * (Key.FoldIn(3).Uniform([6000], DType.Float64) < 0.5).Cast(DType.Float64)) - 1;
        Tensor y = (side * x) + (0.3 * Key.FoldIn(4).Normal([6000], DType.Float64));
        Model<TransformedDistribution> model = Model.Sequential([new Dense(32, Activation.Tanh)], new SplineHead());
        model.Fit(x, y, new FitOptions { Epochs = 40, BatchSize = 128, Optimizer = run => new Adam(new CosineAnnealing(1e-2, run.Steps)), Key = Key });

        TransformedDistribution p = model.Predict(Tensor.From(2.0f));
        Tensor at = Tensor.From(-2.0f, 0, 2);
        Assert.Equal(0.25, p.Cdf(at)[0].ToScalar(), 0.04);
        Assert.Equal(0.5, p.Cdf(at)[1].ToScalar(), 0.04);
        Assert.Equal(0.75, p.Cdf(at)[2].ToScalar(), 0.04);
        Assert.True((p.Cdf(p.Quantile(Tensor.From(0.1f, 0.4f, 0.9f))) - Tensor.From(0.1f, 0.4f, 0.9f)).Abs().Max().ToScalar() < 1e-4);
    }

    [OpenClFact]
    public void Fit_OnADevice_HasTheLossesOfTheProcessor()
    {
        // With noise on the targets, and assignments on the way.
        Tensor y = Key.FoldIn(5).Normal([120, 2]);
        double[] Losses(Device device) =>
        [
            .. Model.Unconditional(new ContinuousFlowHead(2, hidden: [8]) { Coupling = FlowCoupling.OptimalTransport }).Fit(y, new FitOptions
            {
                Epochs = 3, BatchSize = 40, ValidationSplit = 0.25, Dequantization = 0.1, Device = device, ShowProgress = false,
            }).ValidationLoss,
        ];
        Assert.All(Losses(Device.Cpu).Zip(Losses(Device.Parse("opencl:0"))), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    [Fact]
    public void Fit_CoordinateWithOneValue_IsRefusedByName()
    {
        Tensor y = Tensor.Concat([Key.Normal([50, 1]), Tensor.Full([50, 1], 2.5f), Key.FoldIn(1).Normal([50, 1])], -1);
        var options = new FitOptions { Epochs = 1, ShowProgress = false };

        ArgumentException maf = Assert.Throws<ArgumentException>(() => Model.Unconditional(Flows.Maf(3)).Fit(y, options));
        Assert.StartsWith("Fit: column 1 of the targets is 2.5 in every row, and the density of FlowHead has no floor there", maf.Message, StringComparison.Ordinal);
        ArgumentException continuous = Assert.Throws<ArgumentException>(() => Model.Unconditional(new ContinuousFlowHead(3)).Fit(y, options));
        Assert.Contains("ContinuousFlowHead", continuous.Message, StringComparison.Ordinal);

        // Cells have a width, and a density head a floor.
        Model.Unconditional(Flows.Maf(3, layers: 1, hidden: [4])).Fit(y, options with { Dequantization = 0.1 });
        Model.Unconditional(new MultivariateNormalHead(3)).Fit(y, options);
    }

    [Fact]
    public void NeuralSpline_TailsAndActivation_AreThoseOfItsSteps()
    {
        FlowHead head = Flows.NeuralSpline(2, layers: 2, bins: 4, hidden: [5], learnTails: true, activation: Activation.Silu);
        var expected = new FlowHead(2, [.. new[] { false, true }.Select(swap => new CouplingStep(ElementMap.Spline(4, learnTails: true), swap, [5], Activation.Silu))]);

        Assert.Equal(expected.Describe().ToString(), head.Describe().ToString());
        Assert.NotEqual(Flows.NeuralSpline(2, layers: 2, bins: 4, hidden: [5]).Describe().ToString(), head.Describe().ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData(2)]
    public void Check_SplineHead_Passes(int? outputs)
    {
        var head = new SplineHead(bins: 6, outputs);
        head.Build([0], new BuildContext("", Key, DType.Float64));
        RandomKey key = Key;
        foreach (Parameter parameter in head.Parameters)
        {
            key = key.FoldIn(1);
            parameter.Value += 0.5 * key.Normal(parameter.Shape, DType.Float64);
        }

        TransformedDistribution flow = head.Rescale(head.Forward(Tensor.Zeros([0], DType.Float64)), 3.0, 0.1);
        FlowCheckResult found = Flows.Check(flow);

        Assert.True(found.Passed, $"{found}");
        Assert.Equal(outputs is null, found.Integral is not null);

        // A map whose derivative is another one does not.
        Assert.False(Flows.Check(new TransformedDistribution(flow.Source, new WrongLogDet())).Passed);
    }

    private sealed class WrongLogDet : Transform
    {
        public override Support Domain => Support.Real;

        public override Support Codomain => Support.Real;

        public override (Tensor Value, Tensor LogDet) ForwardAndLogDet(Tensor x) => (2 * x, 0.7 + (0 * x));

        public override (Tensor Value, Tensor LogDet) InverseAndLogDet(Tensor y) => (0.5 * y, -0.7 + (0 * y));
    }
}
