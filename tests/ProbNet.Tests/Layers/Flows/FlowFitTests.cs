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
        Assert.True(gap < 0.01, $"{name}: {gap}");
        Assert.True(Flows.Check(model.Predict()).Passed, $"{Flows.Check(model.Predict())}");
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
}
