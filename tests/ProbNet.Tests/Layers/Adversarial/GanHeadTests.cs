using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Inference;
using ProbNet.Layers;
using ProbNet.Tests.Autodiff;

namespace ProbNet.Tests.Layers;

public class GanHeadTests
{
    private static readonly RandomKey s_key = RandomKey.FromSeed(41);

    private static GanHead Small(GanLoss loss, int? criticSteps = null) => new(
        2, new Sequential(new Dense(5, Activation.Tanh)), new Sequential(new Dense(4, Activation.Tanh)), latent: 3, loss: loss, criticSteps: criticSteps);

    private static Model<Generator> Built(GanLoss loss) =>
        new Model<Generator>(new Sequential(new Dense(3, Activation.Tanh)), Small(loss), DType.Float64).Build(2, s_key);

    [Theory]
    [InlineData(GanLoss.Wasserstein)]
    [InlineData(GanLoss.NonSaturating)]
    public void Phases_EachLoss_HasTheGradientThatItTells(GanLoss loss)
    {
        // The Wasserstein critic's holds the gradient of a gradient.
        Model<Generator> model = Built(loss);
        Tensor x = s_key.FoldIn(1).Normal([4, 2], DType.Float64), y = s_key.FoldIn(2).Normal([4, 2], DType.Float64);
        var context = new LossContext(s_key.FoldIn(3), 0.5);
        foreach (TrainingPhase<Generator> phase in model.Head.Phases)
        {
            GradientCheckResult result = GradientCheck.Run(() => phase.Loss(model.Forward(x, ForwardContext.Inference), y, context).Mean(), phase.Parameters);
            Assert.True(result.Passed, $"{phase.Name}: {result}");
        }
    }

    [Fact]
    public void CriticLoss_OfALinearCritic_IsDistanceAndPenaltyOfItsSlope()
    {
        // A critic a·x with |a| = 5 has slope 5 everywhere: the penalty is 10·(5 − 1)².
        var head = new GanHead(2, new Sequential(new Dense(3)), new Sequential());
        Model<Generator> model = Model.Unconditional(head, DType.Float64).Build(0, s_key);
        head.Phases[0].Parameters[0].Value = Tensor.From(3.0, 4.0).Reshape(2, 1);
        foreach (Parameter parameter in head.Phases[1].Parameters)
        {
            parameter.Value = Tensor.Zeros(parameter.Shape, DType.Float64);
        }

        Tensor loss = head.Phases[0].Loss(model.Predict(Tensor.Zeros([2, 0])), Tensor.From(new[,] { { 1.0, 1.0 }, { 2.0, -1.0 } }), new LossContext(s_key, 0));
        Assert.Equal(160 - 7, loss[0].ToScalar(), 1e-6);
        Assert.Equal(160 - 2, loss[1].ToScalar(), 1e-6);
    }

    [Fact]
    public void Fit_WassersteinOnEightGaussians_CoversAll()
    {
        const int Draws = 8000;
        Tensor y = KnownDiffusion.Circle.Sample(s_key, 10000);
        Model<Generator> model = Model.Unconditional(new GanHead(
            2, new Sequential(new Dense(64, Activation.Relu), new Dense(64, Activation.Relu)),
            new Sequential(new Dense(64, Activation.LeakyRelu), new Dense(64, Activation.LeakyRelu)), latent: 8, gradientPenalty: 0.1));
        History history = model.Fit(y, new FitOptions
        {
            Epochs = 150, BatchSize = 125, ShowProgress = false, Optimizer = run => new Adam(new CosineAnnealing(3e-3, run.Steps), beta1: 0, beta2: 0.9),
            WeightAverage = new WeightAverage(0.99),
        });
        Assert.Equal(2, history.Epochs[^1].PhaseLosses.Count);
        Tensor draws = model.Predict().Sample(s_key, Draws).Cast(DType.Float64);
        Tensor distance = (draws.Unsqueeze(1) - KnownDiffusion.Circle.Components.Coordinates.Loc).Square().Sum(-1).Sqrt();
        long[] near = distance.ArgMin(-1).ToArray<long>();
        double[] least = distance.Min([-1]).ToArray<double>();

        // Each Gaussian has an eighth of the data. A generator that gives one at least half of that, 1/16, has fewer draws within 3 standard deviations of its centre, where 0.989
        // of a Gaussian in the plane are, than 4.75 deviations of the binomial below the mean once in a million.
        int[] counts = [.. Enumerable.Range(0, 8).Select(i => near.Where((n, row) => n == i && least[row] < 0.36).Count())];
        const double Share = 0.989 / 16;
        Assert.True(counts.Min() > Draws * (Share - (4.75 * Math.Sqrt(Share * (1 - Share) / Draws))), string.Join(", ", counts));

        // A ring through the centres, of radius 1.4, would have 1 − 8·4·asin(0.18/1.4)/2π = 0.34 of its length farther than that from all of them.
        double between = 1 - (counts.Sum() / (double)Draws);
        Assert.True(between < 0.34, $"{between}");
    }

    [Fact]
    public void Fit_NonSaturatingOnTwoClusters_DrawsBoth()
    {
        // Two clusters at ±1 of width 0.1. An untrained generator has most of its draws between them.
        Tensor side = Tensor.Where(s_key.Uniform([2000, 1]) < 0.5, 1f, -1f), y = side + (0.1f * s_key.FoldIn(1).Normal([2000, 1]));
        Model<Generator> model = Model.Unconditional(new GanHead(
            1, new Sequential(new Dense(32, Activation.Relu), new Dense(32, Activation.Relu)),
            new Sequential(new Dense(32, Activation.LeakyRelu), new Dense(32, Activation.LeakyRelu)), loss: GanLoss.NonSaturating));
        model.Fit(y, new FitOptions
        {
            Epochs = 40, BatchSize = 100, ShowProgress = false, Optimizer = run => new Adam(new CosineAnnealing(2e-3, run.Steps), beta1: 0.5),
            WeightAverage = new WeightAverage(0.99),
        });

        double[] draws = model.Predict().Sample(s_key, 4000).ToDoubles();

        Assert.True(Share(at => at > 0.5) > 0.1 && Share(at => at < -0.5) > 0.1, $"{Share(at => at > 0.5)}, {Share(at => at < -0.5)}");

        // Draws spread evenly from −1.1 to 1.1 would have 0.55 of them there, those of a Normal with the deviation of the data 0.48; 5 standard errors more than these.
        Assert.True(Share(at => Math.Abs(at) is > 0.5 and < 1.5) > 0.6, $"{Share(at => Math.Abs(at) is > 0.5 and < 1.5)}");

        double Share(Func<double, bool> where) => draws.Count(where) / 4000.0;
    }

    [Fact]
    public void Fit_Phases_TakeTurnsWithAnOptimizerEach()
    {
        // Three batches of the critic, then one of the generator: a fifth batch is the critic's again.
        var phases = new List<string?>();
        var optimizers = new Dictionary<string, Optimizer>();
        Optimizer New(TrainingRun run)
        {
            phases.Add(run.Phase);
            return optimizers[run.Phase!] = new Sgd(0.01);
        }

        foreach (bool compile in (bool[])[true, false])
        {
            Model<Generator> model = new(new Sequential(new Dense(3)), Small(GanLoss.Wasserstein, criticSteps: 3));
            History history = model.Fit(
                s_key.Normal([50, 2]), s_key.FoldIn(1).Normal([50, 2]), new FitOptions { Epochs = 1, BatchSize = 10, Optimizer = New, Compile = compile, ShowProgress = false });
            Assert.Equal((4, 1), (optimizers["critic"].StepCount, optimizers["generator"].StepCount));
            Assert.Equal(history.Epochs[0].PhaseLosses[1], history.Loss[0]);
            Assert.All(history.Epochs[0].PhaseLosses, loss => Assert.True(double.IsFinite(loss)));
        }

        Assert.Equal(["critic", "generator", "critic", "generator"], phases);
    }

    [Fact]
    public void Fit_EachPhase_ChangesItsOwnParametersOnly()
    {
        // With a rate of 0 for one, only the other's parameters change; the body goes with the generator.
        foreach (string moving in (string[])["critic", "generator"])
        {
            Model<Generator> model = new Model<Generator>(new Sequential(new Dense(3)), Small(GanLoss.NonSaturating)).Build(2, s_key);
            Dictionary<string, float[]> before = model.Parameters.ToDictionary(p => p.Name, p => p.Value.ToArray<float>());
            model.Fit(s_key.Normal([40, 2]), s_key.FoldIn(1).Normal([40, 2]), new FitOptions
            {
                Epochs = 1, BatchSize = 10, ShowProgress = false, Optimizer = run => new Sgd(run.Phase == moving ? 0.1 : 0),
            });
            foreach (Parameter parameter in model.Parameters)
            {
                bool belongs = parameter.Name.Contains("critic", StringComparison.Ordinal) == (moving == "critic");
                Assert.True(belongs != before[parameter.Name].SequenceEqual(parameter.Value.ToArray<float>()), $"{moving}: {parameter.Name}");
            }
        }
    }

    [Fact]
    public void Fit_Validation_IsTheEnergyScore()
    {
        const int Rows = 4000, Draws = 3000;
        Tensor y = s_key.Normal([Rows, 2]);
        Model<Generator> model = Model.Unconditional(Small(GanLoss.Wasserstein));
        History history = model.Fit(y, new FitOptions
        {
            Epochs = 1, BatchSize = 500, ValidationData = (Tensor.Zeros([Rows, 0]), y), StandardizeTargets = false, ShowProgress = false,
        });

        // E|X − y| − ½·E|X − X′| by other draws. Without the correction for few draws it would be larger by ½·E|X − X′|/8.
        Tensor draws = model.Predict().Sample(s_key.FoldIn(1), Draws), others = model.Predict().Sample(s_key.FoldIn(2), Draws);
        Tensor toExamples = (draws.Unsqueeze(1) - y).Square().Sum(-1).Sqrt(), apart = (draws - others).Square().Sum(-1).Sqrt();
        double expected = (toExamples.Mean() - (0.5 * apart.Mean())).ToScalar(), missing = 0.5 * apart.Mean().ToScalar() / GanHead.ValidationDraws;

        // A score of 8 draws varies with the example and its draws; that of many draws with the draws: 5 standard errors of both, less than what is to be told apart.
        double spread = toExamples.Mean(0).Var().ToScalar() + ((toExamples.Var(0).Mean().ToScalar() + (0.25 * apart.Var().ToScalar())) / GanHead.ValidationDraws);
        double error = Math.Sqrt((spread / Rows) + (toExamples.Mean(1).Var().ToScalar() / Draws) + (0.25 * apart.Var().ToScalar() / Draws));
        Assert.InRange(history.ValidationLoss[^1], expected - (5 * error), expected + (5 * error));
        Assert.True(5 * error < missing, $"{error} {missing}");
    }

    [Fact]
    public void Predict_ConditionalAndRescaled_HasTheShapesAndUnits()
    {
        Model<Generator> model = Built(GanLoss.Wasserstein);
        Tensor x = s_key.Normal([5, 2], DType.Float64);
        Generator p = model.Predict(x);
        Assert.Equal((Shape.Create([5]), Shape.Create([2])), (p.BatchShape, p.EventShape));
        Tensor draws = p.Sample(s_key, [3, 4]);
        Assert.Equal(Shape.Create([3, 4, 5, 2]), draws.Shape);
        Tensor loc = Tensor.From(10.0, 0.0), scale = Tensor.From(2.0, 3.0);
        Generator image = model.Head.Rescale(model.Head.Rescale(p, loc, scale), scale, loc + 1);
        Tensor error = image.Sample(s_key, [3, 4]) - (scale + ((loc + 1) * (loc + (scale * draws))));
        Assert.True(error.Abs().Max().ToScalar() < 1e-12);
        Assert.Equal(p.Sample(s_key, 3).ToArray<double>(), p.Sample(s_key, 3).ToArray<double>());
    }

    [Fact]
    public void Generator_HasNoDensity()
    {
        // Asking for one does not compile.
        Assert.False(typeof(Distribution).IsAssignableFrom(typeof(Generator)) || typeof(IEvidence).IsAssignableFrom(typeof(Generator)));
        Assert.DoesNotContain(typeof(Generator).GetMethods(), method => method.Name.StartsWith("Log", StringComparison.Ordinal));
    }

    [Fact]
    public void SaveAndLoad_AGan_DrawsTheSame()
    {
        Model<Generator> model = Built(GanLoss.NonSaturating);
        using var file = new TemporaryFile();
        model.Save(file.Path);
        Model<Generator> loaded = Model.Load<Generator>(file.Path);
        Tensor x = s_key.Normal([2, 2], DType.Float64);
        Assert.Equal(model.Predict(x).Sample(s_key, 3).ToArray<double>(), loaded.Predict(x).Sample(s_key, 3).ToArray<double>());
        Assert.Equal(model.Head.Describe().ToString(), loaded.Head.Describe().ToString());
    }

    [OpenClFact]
    public void Fit_OnADevice_HasTheLossesOfTheProcessor()
    {
        double[] Losses(Device device)
        {
            Model<Generator> model = Model.Unconditional(Small(GanLoss.Wasserstein));
            History history = model.Fit(s_key.Normal([60, 2]), new FitOptions { Epochs = 4, BatchSize = 10, Device = device, ShowProgress = false });
            return [.. history.Epochs.SelectMany(epoch => epoch.PhaseLosses)];
        }

        Assert.All(Losses(Device.Cpu).Zip(Losses(Device.Parse("opencl:0"))), pair => Assert.Equal(pair.First, pair.Second, 1e-3));
    }

    [Fact]
    public void Create_SettingOutOfRange_NamesIt()
    {
        Assert.Contains("dimension = 0", Assert.Throws<ArgumentOutOfRangeException>(() => new GanHead(0)).Message, StringComparison.Ordinal);
        Assert.Contains("criticSteps = 0", Assert.Throws<ArgumentOutOfRangeException>(() => new GanHead(2, criticSteps: 0)).Message, StringComparison.Ordinal);
        Assert.Contains("gradientPenalty = -1", Assert.Throws<ArgumentOutOfRangeException>(() => new GanHead(2, gradientPenalty: -1)).Message, StringComparison.Ordinal);
    }
}
