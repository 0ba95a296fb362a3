using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Inference;
using ProbNet.Layers;

namespace ProbNet.Tests.Inference;

public class FitTests
{
    private static readonly RandomKey s_key = RandomKey.FromSeed(7);

    [Fact]
    public void Fit_LinearDataWithKnownNoise_RecoversMeanAndNoise()
    {
        // y = 3x + 100 + 2ε: the best NLL is ½ln(2πe·4) = 2.112 nats; 2,000 points leave a standard error of 0.016.
        (Tensor x, Tensor y) = Linear(2000, slope: 3, intercept: 100, noise: 2);
        Model<Normal> model = Model.Sequential([], new NormalHead());
        model.Fit(x, y, new FitOptions { Epochs = 40, BatchSize = 64, Optimizer = _ => new Adam(1e-2), Key = s_key, ShowProgress = false });
        Normal p = model.Predict(Tensor.From(-1f, 0f, 1f));
        double[] loc = p.Loc.ToDoubles(), scale = p.Scale.ToDoubles();
        for (int i = 0; i < 3; i++)
        {
            Assert.InRange(loc[i], 100 + (3 * (i - 1)) - 0.3, 100 + (3 * (i - 1)) + 0.3);
            Assert.InRange(scale[i], 1.8, 2.2);
        }

        Assert.InRange(model.Evaluate(x, y).Nll, 2.112 - 0.08, 2.112 + 0.08);
    }

    [Fact]
    public void Fit_ReportedLoss_IsTheNllInOriginalUnits()
    {
        (Tensor x, Tensor y) = Linear(300, slope: 3, intercept: 1000, noise: 50);
        Model<Normal> model = Net(new NormalHead());
        History history = model.Fit(x, y, Options(epochs: 5) with { ValidationData = (x, y), RestoreBestWeights = false });
        Assert.Equal(model.Evaluate(x, y).Nll, history.ValidationLoss[^1], 3);
    }

    [Fact]
    public void Fit_Dequantized_AddsNoiseOfACellThatIsNewInEveryStep()
    {
        // Targets 0, 1, 2, 3 in steps of 1, standardized: 3 epochs of one batch see points of the cells [y, y + 1), each uniform there.
        Tensor y = Tensor.Arange(4).BroadcastTo([250, 4]).Reshape(-1);
        var head = new RecordingHead();
        Model<Normal> model = Model.Unconditional(head);
        model.Fit(y, new FitOptions
        {
            Epochs = 3, BatchSize = 1000, Dequantization = 1, Compile = false, Shuffle = false, ValidationData = (Tensor.Zeros([1000, 0]), y), ShowProgress = false,
        });
        double loc = model.TargetStandardizer!.Mean.ToScalar(), scale = model.TargetStandardizer.Scale.ToScalar();
        double[] InUnits(double[] seen) => [.. seen.Select(value => (value * scale) + loc)];

        // What the head is initialized on comes in an order of its own.
        double[] first = InUnits(Assert.Single(head.First));
        double[][] noise =
        [
            .. head.Targets.Concat(head.Validated).Concat(head.Calibrated).Select(seen => InUnits(seen).Select((value, i) => value - (i % 4)).ToArray()),
            [.. first.Order().Select((value, i) => value - (i / 250))],
        ];
        Assert.Equal(8, noise.Length);
        foreach (double[] cells in noise)
        {
            // The mean of 1,000 uniform numbers has standard error 1/√12,000; 5.5 of them for 8 × 2 intervals at 1e-6 in all.
            Assert.All(cells, u => Assert.InRange(u, -1e-5, 1 + 1e-5));
            Assert.Equal(0.5, cells.Average(), 5.5 / Math.Sqrt(12_000));
            Assert.Equal(1.0 / 12, cells.Average(u => (u - 0.5) * (u - 0.5)), 5.5 * Math.Sqrt((1.0 / 80) - (1.0 / 144)) / Math.Sqrt(1000));
        }

        Assert.NotEqual(noise[0], noise[1]);
        Assert.Equal(head.Validated[0], head.Validated[1]);
    }

    [Fact]
    public void Fit_Dequantized_CompiledStepsHaveTheSameLosses()
    {
        Tensor y = s_key.Uniform([200]).Round();
        double[] Losses(bool compile)
        {
            Model<Mixture<Normal>> model = Model.Unconditional(new NormalMixtureHead(3));
            return [.. model.Fit(y, new FitOptions { Epochs = 3, Dequantization = 0.5, ValidationSplit = 0.2, Compile = compile, ShowProgress = false }).ValidationLoss];
        }

        Assert.All(Losses(true).Zip(Losses(false)), pair => Assert.Equal(pair.First, pair.Second, 1e-5));

        // Middles of cells have to be what the head predicts; targets on the edge of its support may be at that of a cell.
        Model<Beta> fraction = Model.Unconditional(new BetaHead());
        Assert.Throws<ArgumentException>(() => fraction.Fit(y, new FitOptions { Epochs = 1, ShowProgress = false }));
        fraction.Fit(y * 0.5, new FitOptions { Epochs = 1, Dequantization = 0.5, ShowProgress = false });
        Assert.Contains(
            "Dequantization = -1", Assert.Throws<ArgumentOutOfRangeException>(() => fraction.Fit(y, new FitOptions { Dequantization = -1 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_SameKey_GivesTheSameWeightsBitForBit()
    {
        (Tensor x, Tensor y) = Linear(100);
        Model<Normal> first = Net(new NormalHead()), second = Net(new NormalHead()), other = Net(new NormalHead());
        first.Fit(x, y, Options());
        second.Fit(x, y, Options());
        other.Fit(x, y, Options() with { Key = RandomKey.FromSeed(8) });
        Assert.Equal(Weights(first), Weights(second));
        Assert.NotEqual(Weights(first), Weights(other));
    }

    [Fact]
    public void Fit_WithDropout_SameKeySameWeights()
    {
        (Tensor x, Tensor y) = Linear(100);
        Model<Normal> Make() => Model.Sequential([new Dense(16, Activation.Relu), new Dropout(0.3)], new NormalHead());
        Model<Normal> first = Make(), second = Make();
        first.Fit(x, y, Options());
        second.Fit(x, y, Options());
        Assert.Equal(Weights(first), Weights(second));
    }

    [Fact]
    public void Fit_ValidationSplit_EndsWithTheWeightsOfTheBestEpoch()
    {
        (Tensor x, Tensor y) = Linear(60, noise: 5);
        (Tensor vx, Tensor vy) = Linear(60, noise: 5, seed: 99);
        Model<Normal> model = Model.Sequential([new Dense(64, Activation.Tanh), new Dense(64, Activation.Tanh)], new NormalHead());
        History history = model.Fit(x, y, Options(epochs: 150) with { ValidationData = (vx, vy), Optimizer = _ => new Adam(1e-2) });
        double best = history.ValidationLoss.Min();
        Assert.Equal(best, history.ValidationLoss[history.BestEpoch!.Value - 1]);
        Assert.True(history.ValidationLoss[^1] > best + 0.05, "The run must overfit for this test to mean anything.");
        Assert.Equal(best, model.Evaluate(vx, vy).Nll, 4);
    }

    [Fact]
    public void Fit_EarlyStopping_StopsAfterPatienceAndRestores()
    {
        (Tensor x, Tensor y) = Linear(60, noise: 5);
        (Tensor vx, Tensor vy) = Linear(60, noise: 5, seed: 99);
        Model<Normal> model = Model.Sequential([new Dense(64, Activation.Tanh), new Dense(64, Activation.Tanh)], new NormalHead());
        History history = model.Fit(x, y, Options(epochs: 500) with
        {
            ValidationData = (vx, vy),
            EarlyStopping = new EarlyStopping(patience: 10),
            Optimizer = _ => new Adam(1e-2),
        });
        Assert.Equal(StopReason.EarlyStopping, history.StopReason);
        Assert.Equal(history.BestEpoch + 10, history.Epochs.Count);
        Assert.Equal(history.ValidationLoss.Min(), model.Evaluate(vx, vy).Nll, 4);
    }

    [Fact]
    public void Fit_MinDelta_DecidesWhenToStopButNotWhatIsBest()
    {
        (Tensor x, Tensor y) = Linear(60);
        Model<Normal> model = Net(new NormalHead());
        History history = model.Fit(x, y, Options(epochs: 200) with { ValidationData = (x, y), EarlyStopping = new EarlyStopping(patience: 5, minDelta: 0.5) });
        Assert.Equal(StopReason.EarlyStopping, history.StopReason);
        Assert.Equal(history.ValidationLoss.Min(), history.ValidationLoss[history.BestEpoch!.Value - 1]);
        Assert.Equal(history.ValidationLoss.Min(), model.Evaluate(x, y).Nll, 4);
        Assert.True(history.BestEpoch > 1, "Later epochs are better by less than minDelta.");
    }

    [Fact]
    public void Fit_ValidationLossNeverFinite_Throws()
    {
        // A target 1e30 standard deviations away: its squared distance is beyond Float32.
        (Tensor x, Tensor y) = Linear(60);
        TrainingDivergedException error = Assert.Throws<TrainingDivergedException>(() =>
            Net(new NormalHead()).Fit(x, y, Options(epochs: 3) with { ValidationData = (Tensor.From(0f), Tensor.From(1e30f)) }));
        Assert.Contains("validation loss was not finite", error.Message);
        Assert.Equal(3, error.History.Epochs.Count);
    }

    [Fact]
    public void Fit_Schedule_IsReportedAndFollowed()
    {
        (Tensor x, Tensor y) = Linear(64);
        History history = Net(new NormalHead()).Fit(x, y, Options(epochs: 4) with
        {
            Optimizer = run => new Sgd(new ExponentialDecay(0.1, 0.5).PerEpoch(run.StepsPerEpoch)),
        });
        Assert.Equal([0.05, 0.025, 0.0125, 0.00625], history.Epochs.Select(epoch => epoch.LearningRate).ToArray(), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Fit_SecondCall_GoesOnFromTheFirst()
    {
        (Tensor x, Tensor y) = Linear(100);
        Model<Normal> model = Net(new NormalHead());
        History first = model.Fit(x, y, Options(epochs: 30));
        Standardizer? standardizer = model.TargetStandardizer;
        History second = model.Fit(x, y, Options(epochs: 2));
        Assert.Same(standardizer, model.TargetStandardizer);
        Assert.True(second.Loss[0] < first.Loss[15], $"The second run starts at {second.Loss[0]}, the first ended near {first.Loss[^1]}.");
    }

    [Fact]
    public void Fit_ConstantFeatureAndTiedTargets_TrainsToAFiniteLoss()
    {
        // One-point clusters: without a floor on the scale the likelihood is unbounded.
        Tensor x = Tensor.Stack([Tensor.From(1f, 1, 1, 2, 2, 2, 3, 3, 3, 4), Tensor.Full([10], 5)], axis: 1);
        Tensor y = Tensor.From(0f, 0, 0, 1, 1, 1, 0, 0, 0, 7);
        Model<Mixture<Normal>> model = Model.Sequential([new Dense(32, Activation.Relu)], new NormalMixtureHead(3));
        History history = model.Fit(x, y, Options(epochs: 400) with { Optimizer = _ => new Adam(2e-2) });
        Assert.All(history.Loss, loss => Assert.True(double.IsFinite(loss)));
    }

    [Fact]
    public void Fit_Diverging_NamesTheOperationAndKeepsFiniteWeights()
    {
        (Tensor x, Tensor y) = Linear(64);
        Model<Normal> model = Net(new NormalHead());
        TrainingDivergedException error = Assert.Throws<TrainingDivergedException>(() =>
            model.Fit(x, y, Options(epochs: 200) with { Optimizer = _ => new Sgd(1e18) }));
        Assert.Contains("First not finite: ", error.Message);
        Assert.Contains("epoch", error.Message);
        Assert.All(model.Parameters, parameter => Assert.All(parameter.Value.ToDoubles(), value => Assert.True(double.IsFinite(value))));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Fit_Diverging_SaysWhichWeightsTheModelHas(bool validated, bool averaged)
    {
        // The rate leaves the range of the weights in the second epoch.
        (Tensor x, Tensor y) = Linear(64);
        Model<Normal> model = Net(new NormalHead());
        TrainingDivergedException error = Assert.Throws<TrainingDivergedException>(() => model.Fit(x, y, Options(epochs: 200) with
        {
            Optimizer = run => new Sgd(new ExponentialDecay(1e-3, 1e30).PerEpoch(run.StepsPerEpoch)), ValidationData = validated ? (x, y) : null,
            WeightAverage = averaged ? new WeightAverage(0.9) : null,
        }));
        string kept = validated ? "The model has the weights of epoch 1, the best one."
            : averaged ? "The model has the averages of its weights up to that step." : "The model keeps its weights from before that step.";
        Assert.Contains(kept, error.Message, StringComparison.Ordinal);
        Assert.Equal(validated ? 1 : null, error.History.BestEpoch);
    }

    [Fact]
    public void Fit_HeadWithoutCalibration_IsNotShownTheDataOnceMore()
    {
        // 20,000 rows are predicted some thousand at a time, if at all.
        (Tensor x, Tensor y) = Linear(20_000);
        List<int> without = [], with = [];
        Model.Sequential([new Seeing(without)], new NormalHead()).Fit(x, y, Options(epochs: 0));
        Model<Normal> model = Model.Sequential([new Seeing(with)], new MeanSquaredErrorHead());
        model.Fit(x, y, Options(epochs: 0));
        Assert.Empty(without);
        Assert.Equal([8192, 8192, 3616], with);
        Normal p = model.Predict(x);
        Assert.Equal((y - p.Loc).Cast(DType.Float64).Square().Mean().Sqrt().ToScalar(), p.Scale.ToScalar(), 1e-5 * p.Scale.ToScalar());
    }

    [Fact]
    public void Fit_LastStepBeyondTheRangeOfFloat_ThrowsAndKeepsFiniteWeights()
    {
        (Tensor x, Tensor y) = Linear(64);
        Model<Normal> model = Net(new NormalHead());
        TrainingDivergedException error = Assert.Throws<TrainingDivergedException>(() =>
            model.Fit(x, y, Options(epochs: 1) with { BatchSize = 64, Optimizer = _ => new Adam(1e39) }));
        Assert.Contains("the optimizer's step made ", error.Message);
        Assert.All(model.Parameters, parameter => Assert.All(parameter.Value.ToDoubles(), value => Assert.True(double.IsFinite(value))));
    }

    [Fact]
    public void Fit_Cancelled_ThrowsAndLeavesAModelThatPredicts()
    {
        (Tensor x, Tensor y) = Linear(64);
        using var source = new CancellationTokenSource();
        Model<Normal> model = Net(new NormalHead());
        var progress = new Callback(report =>
        {
            if (report.Epoch == 3)
            {
                source.Cancel();
            }
        });
        Assert.Throws<OperationCanceledException>(() =>
            model.Fit(x, y, Options(epochs: 1000) with { Progress = progress, CancellationToken = source.Token }));
        Assert.True(double.IsFinite(model.Evaluate(x, y).Nll));
    }

    [Fact]
    public void Fit_CountTargets_AreNotRescaled()
    {
        Tensor x = Tensor.Linspace(0, 2, 400);
        Tensor y = s_key.Poisson(x.Exp());
        Model<Poisson> model = Net(new PoissonHead());
        model.Fit(x, y, Options(epochs: 60) with { Optimizer = _ => new Adam(1e-2) });
        Assert.Null(model.TargetStandardizer);
        double[] rate = model.Predict(Tensor.From(0f, 1f, 2f)).Mean().Value.ToDoubles();
        Assert.InRange(rate[0], 0.6, 1.6);
        Assert.InRange(rate[2], 6, 9);
    }

    private static (Tensor X, Tensor Y) Linear(int n, double slope = 3, double intercept = 1, double noise = 0.5, long seed = 3)
    {
        (RandomKey a, RandomKey b) = RandomKey.FromSeed(seed).Split();
        Tensor x = a.Normal([n]);
        return (x, (slope * x) + intercept + (noise * b.Normal([n])));
    }

    private static Model<TOut> Net<TOut>(Head<TOut> head) where TOut : Sampler => Model.Sequential([new Dense(16, Activation.Tanh)], head);

    private static FitOptions Options(int epochs = 20) => new() { Epochs = epochs, Key = s_key, ShowProgress = false };

    private static double[] Weights<TOut>(Model<TOut> model) where TOut : Sampler =>
        [.. model.Parameters.SelectMany(parameter => parameter.Value.ToDoubles())];

    private sealed class Callback(Action<EpochReport> action) : IProgress<EpochReport>
    {
        public void Report(EpochReport value) => action(value);
    }

    // Hands on what it sees, and counts the rows.
    private sealed class Seeing(List<int> rows) : Layer
    {
        public override LayerDescription Describe() => new(Name);

        protected override Shape OnBuild(Shape input, BuildContext context) => input;

        protected override Tensor OnForward(Tensor x, ForwardContext context)
        {
            rows.Add(x.Shape[0]);
            return x;
        }
    }
}
