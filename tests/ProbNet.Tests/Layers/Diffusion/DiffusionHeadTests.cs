using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Inference;
using ProbNet.Layers;

namespace ProbNet.Tests.Layers;

public class DiffusionHeadTests
{
    private static readonly RandomKey s_key = RandomKey.FromSeed(31);

    private static DiffusionHead Small(DiffusionOptions? options = null, int dimension = 2) =>
        new(dimension, new Sequential(new Dense(6, Activation.Silu)), (options ?? new()) with { Width = 5, Frequencies = 3 });

    public static TheoryData<DiffusionWeighting, DiffusionPreconditioning> Losses
    {
        get
        {
            var all = new TheoryData<DiffusionWeighting, DiffusionPreconditioning>();
            foreach (DiffusionWeighting weighting in Enum.GetValues<DiffusionWeighting>())
            {
                foreach (DiffusionPreconditioning preconditioning in Enum.GetValues<DiffusionPreconditioning>())
                {
                    if ((weighting, preconditioning) != (DiffusionWeighting.Likelihood, DiffusionPreconditioning.Noise))
                    {
                        all.Add(weighting, preconditioning);
                    }
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Loss_OfAConditionalModel_HasTheGradientThatItTells(DiffusionWeighting weighting, DiffusionPreconditioning preconditioning)
    {
        var options = new DiffusionOptions
        {
            Weighting = weighting, Preconditioning = preconditioning, FeatureDropout = 0.4, Process = new VariancePreserving(earliest: 1e-2), StateFrequencies = 2,
        };
        Model<Diffusion> model = new Model<Diffusion>(new Sequential(new Dense(3, Activation.Tanh)), Small(options), DType.Float64)
            .Build(2, s_key);
        Tensor x = s_key.FoldIn(1).Normal([4, 2], DType.Float64), y = s_key.FoldIn(2).Normal([4, 2], DType.Float64);
        var context = new LossContext(s_key.FoldIn(3), 0.5);
        GradientCheckResult result = GradientCheck.Run(
            () => model.Head.Loss(model.Forward(x, ForwardContext.Inference), y, context).Mean(), model.Parameters);
        Assert.True(result.Passed, $"{result}");
    }

    [Theory]
    [MemberData(nameof(KnownDiffusion.Names), MemberType = typeof(KnownDiffusion))]
    public void Loss_LikelihoodOfAPerfectNetwork_IsTheEntropy(string process)
    {
        // For standard Normal data the expected data are cos²θ·x, so that a network that tells 0 is perfect, and the bound is tight: ½·d·ln(2πe) nats.
        Model<Diffusion> model = Model.Unconditional(new DiffusionHead(2, options: new() { Process = KnownDiffusion.Processes[process] }));
        model.Build(0, s_key);
        foreach (Parameter parameter in model.Head.Parameters)
        {
            parameter.Value = Tensor.Zeros(parameter.Shape);
        }

        const int Count = 40000;
        Tensor y = s_key.Normal([Count, 2]);
        Tensor loss = model.Head.Loss(model.Forward(Tensor.Zeros([Count, 0]), ForwardContext.Inference), y, new LossContext(s_key.FoldIn(1), 0, false));
        double error = 5 * loss.Std().ToScalar() / Math.Sqrt(Count);
        Assert.Equal(Math.Log(2 * Math.PI * Math.E), loss.Mean().ToScalar(), error);
        Assert.True(error < 0.35, $"{error}");

        // And the density is exact: every step of the equation is 0.
        Assert.Equal(-Math.Log(2 * Math.PI) - 0.5, model.Predict().LogProb(Tensor.From(1f, 0f)).ToScalar(), 1e-3);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(5)]
    public void LogProb_DataOfAnotherScale_IsThatOfTheNormalOfThatScale(double scale)
    {
        // The perfect network for data N(0, σ_d²) tells 0: the density is that Normal's, and the loss its entropy on average.
        Model<Diffusion> model = Model.Unconditional(new DiffusionHead(2, options: new() { DataScale = scale }), DType.Float64).Build(0, s_key);
        foreach (Parameter parameter in model.Head.Parameters)
        {
            parameter.Value = Tensor.Zeros(parameter.Shape, DType.Float64);
        }

        const int Count = 20000;
        var expected = new Normal(Tensor.Scalar(0, DType.Float64), Tensor.Scalar(scale, DType.Float64));
        Tensor y = scale * s_key.Normal([Count, 2], DType.Float64);
        Assert.Equal(expected.LogProb(y[0]).Sum().ToScalar(), model.Predict().LogProb(y[0]).ToScalar(), 1e-3);

        Tensor loss = model.Head.Loss(model.Forward(Tensor.Zeros([Count, 0], DType.Float64), ForwardContext.Inference), y, new LossContext(s_key.FoldIn(1), 0, false));
        Assert.Equal(2 * expected.Entropy().Value.ToScalar(), loss.Mean().ToScalar(), 5 * loss.Std().ToScalar() / Math.Sqrt(Count));

        // Draws are of that scale too: a deviation is known to 1/√(2·4000) of itself.
        Assert.Equal(scale, model.Predict().Sample(s_key, 2000).Std().ToScalar(), 5 * scale / Math.Sqrt(8000));
    }

    [Fact]
    public void Loss_OfSortedRows_IsThatOfRowsInReverse()
    {
        // A network that tells 0: wide data cost much at high noise levels, narrow data little. Both orders see all levels on both halves; 6 standard errors of a difference.
        Model<Diffusion> model = Model.Unconditional(new DiffusionHead(2)).Build(0, s_key);
        foreach (Parameter parameter in model.Head.Parameters)
        {
            parameter.Value = Tensor.Zeros(parameter.Shape);
        }

        const int Count = 2000;
        Tensor y = s_key.Normal([Count, 2]) * Tensor.Where(Tensor.Arange(Count) < Count / 2, 0.05f, 1.4f).Unsqueeze(-1);
        Tensor sorted = Losses(y), reversed = Losses(y.Flip(0));
        double error = 6 * Math.Sqrt(2.0 / Count) * sorted.Std().ToScalar();
        Assert.Equal(sorted.Mean().ToScalar(), reversed.Mean().ToScalar(), error);

        Tensor Losses(Tensor rows) => model.Head.Loss(model.Forward(Tensor.Zeros([Count, 0]), ForwardContext.Inference), rows, new LossContext(s_key.FoldIn(9), 0, false));
    }

    [Fact]
    public void Loss_SharedTargets_IsTheSameOnAverageWithAGradientThatSpreadsLess()
    {
        // Many batches of new data, each with the same noise both ways: the difference of two losses, or of two gradients, has the mean 0; 5 standard errors.
        const int Batches = 200, Rows = 64;
        foreach (DiffusionWeighting weighting in Enum.GetValues<DiffusionWeighting>())
        {
            var options = new DiffusionOptions { Weighting = weighting, Process = new ElucidatedProcess(sigmaMin: 0.05) };
            Model<Diffusion> plain = Of(options), shared = Of(options with { SharedTargets = true });
            Tensor[] runs = [Run(plain), Run(shared)];
            Tensor difference = runs[1] - runs[0], error = difference.Std(0) / Math.Sqrt(Batches);
            Assert.True((bool)(difference.Mean(0).Abs() < 5 * error).All(), $"{weighting}: {difference.Mean(0)} {error}");
            Assert.True(runs[1][.., 1..].Var(0).Sum().ToScalar() < 0.5 * runs[0][.., 1..].Var(0).Sum().ToScalar(), $"{weighting}: {runs[1].Var(0)} {runs[0].Var(0)}");
        }

        static Model<Diffusion> Of(DiffusionOptions options) => Model.Unconditional(Small(options), DType.Float64).Build(0, s_key);

        // [batches, 1 + outputs]: the loss, and its gradient with respect to the bias of the last layer.
        static Tensor Run(Model<Diffusion> model) => Tensor.Stack([.. Enumerable.Range(0, Batches).Select(i =>
        {
            RandomKey key = s_key.FoldIn((ulong)i);
            Tensor y = key.FoldIn(1).Normal([Rows, 2], DType.Float64);
            (Tensor loss, Tensor[] gradients) = Gradient.ValueAndGradient(
                () => model.Head.Loss(model.Forward(Tensor.Zeros([Rows, 0], DType.Float64), ForwardContext.Inference), y, new LossContext(key, 0)).Mean(), [model.Parameters[^1]]);
            return Tensor.Concat([loss.Reshape(1), gradients[0]]);
        })]);
    }

    [Fact]
    public void Build_SharedTargetsWithFeatures_IsRefused() => Assert.Contains(
        "SharedTargets is for models without features, but got features of shape [n, 3]",
        Assert.Throws<ShapeException>(() => Model.Sequential([], Small(new() { SharedTargets = true })).Build(3, s_key)).Message, StringComparison.Ordinal);

    [Fact]
    public void Fit_TwoHumps_FindsThemAndTheirDensity()
    {
        // A Float64 model learns the same; in Float32 it is faster.
        Tensor y = KnownDiffusion.Line.Sample(s_key, 4000).Unsqueeze(-1), fresh = KnownDiffusion.Line.Sample(s_key.FoldIn(1), 500).Unsqueeze(-1);
        Model<Diffusion> model = Model.Unconditional(new DiffusionHead(1, options: new() { Width = 32 }));
        History history = model.Fit(10 + (5 * y), new FitOptions
        {
            Epochs = 40, BatchSize = 256, ShowProgress = false, Optimizer = run => new Adam(new CosineAnnealing(5e-3, run.Steps)),
        });
        Tensor gap = (KnownDiffusion.Line.LogProb(fresh.Squeeze(-1)) - Math.Log(5)).Cast(DType.Float32) - model.Predict().LogProb((10 + (5 * fresh)).Cast(DType.Float32));
        Assert.InRange(gap.Mean().ToScalar(), -0.02, 0.1);

        // The loss is a bound in the units of the data.
        double entropy = -KnownDiffusion.Line.LogProb(y.Squeeze(-1)).Mean().ToScalar() + Math.Log(5);
        Assert.InRange(history.Loss[^1], entropy - 0.1, entropy + 0.4);
    }

    [Fact]
    public void Predict_Features_DrawsFollowThem()
    {
        Tensor x = s_key.Normal([2000, 1]), y = Tensor.Concat([x, -x], -1) + (0.2 * s_key.FoldIn(1).Normal([2000, 2]));
        Model<Diffusion> model = Model.Sequential([], new DiffusionHead(2, options: new() { Width = 32, FeatureDropout = 0.1 }));
        model.Fit(x, y, new FitOptions { Epochs = 20, BatchSize = 128, ShowProgress = false, Optimizer = run => new Adam(new CosineAnnealing(1e-2, run.Steps)) });
        Diffusion p = model.Predict(Tensor.From(-1f, 0.5f));
        Assert.Equal((Shape.Create([2]), Shape.Create([2])), (p.BatchShape, p.EventShape));
        Tensor draws = p.Sample(s_key, 400);
        Assert.Equal(Shape.Create([400, 2, 2]), draws.Shape);
        Tensor mean = draws.Mean(0);
        double[] expected = [-1, 1, 0.5, -0.5];
        Assert.All(mean.Reshape(-1).ToArray<float>().Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 0.25));

        // What is far from the features is improbable; the log density broadcasts over samples.
        Tensor log = p.LogProb(Tensor.From(-1f, 1f));
        Assert.Equal(Shape.Create([2]), log.Shape);
        Assert.True(log[0].ToScalar() > log[1].ToScalar() + 5);
        Assert.Equal(Shape.Create([400, 2]), p.LogProb(draws).Shape);

        // Guidance: 1 changes nothing, 0 forgets the features, more pushes further.
        Assert.True((p.WithGuidance(1).LogProb(draws[0]) - p.LogProb(draws[0])).Abs().Max().ToScalar() < 1e-2);
        Tensor without = p.WithGuidance(0).LogProb(Tensor.From(-1f, 1f));
        Assert.Equal(without[0].ToScalar(), without[1].ToScalar(), 1e-3);
        Assert.True(p.WithGuidance(0).Sample(s_key, 400).Std([0, 1])[0].ToScalar() > 2 * draws.Std(0)[0, 0].ToScalar());
    }

    [Fact]
    public void WithGuidance_NoFeaturesHiddenInTraining_IsRefused()
    {
        Diffusion p = Model.Sequential([], Small()).Build(2, s_key).Predict(Tensor.Zeros([1, 2]));

        string message = Assert.Throws<InvalidOperationException>(() => p.WithGuidance(0)).Message;
        Assert.Contains("Train with DiffusionOptions.FeatureDropout above 0", message, StringComparison.Ordinal);

        // The conditional score alone needs nothing else.
        Assert.Equal(p.BatchShape, p.WithGuidance(1).BatchShape);
        Assert.Throws<ArgumentOutOfRangeException>(() => p.WithGuidance(double.NaN));
    }

    [Fact]
    public void Score_TimeOutsideOfTheProcess_IsRefused()
    {
        ReverseDiffusion reverse = Model.Unconditional(Small()).Build(0, s_key).Predict().Reverse;
        Tensor y = Tensor.Zeros([2]);

        foreach (double time in new[] { 0, -1, 2 * reverse.Process.Latest, double.NaN })
        {
            Assert.StartsWith("Diffusion.Score: the score is known from time", Assert.Throws<ArgumentOutOfRangeException>(() => reverse.Score(y, time)).Message);
            Assert.StartsWith("Diffusion.Denoise: the score is known", Assert.Throws<ArgumentOutOfRangeException>(() => reverse.Denoise(y, time)).Message);
        }

        Assert.True((bool)reverse.Score(y, reverse.Process.Earliest).IsFinite().All());
        Assert.True((bool)reverse.Denoise(y, reverse.Process.Latest).IsFinite().All());
    }

    [Fact]
    public void LogProb_NoExamples_IsEmpty()
    {
        Diffusion p = Model.Sequential([], Small()).Build(2, s_key).Predict(Tensor.Zeros([0, 2]));
        StochasticDiffusion estimated = Model.Sequential([], new StochasticDiffusionHead(2, new Dense(4))).Build(2, s_key).Predict(Tensor.Zeros([0, 2]));
        Tensor y = Tensor.Zeros([0, 2]);

        Assert.Equal(Shape.Create([0]), p.LogProb(y).Shape);
        Assert.Equal(Shape.Create([3, 0]), p.LogProb(Tensor.Zeros([3, 0, 2])).Shape);
        Assert.Equal(Shape.Create([0, 2]), p.Sample(s_key).Shape);
        Assert.Equal(Shape.Create([0]), estimated.LogProbEstimate(y, s_key, 2).Value.Shape);
    }

    [Fact]
    public void SaveAndLoad_AnyOptions_PredictsTheSameBits()
    {
        var options = new DiffusionOptions
        {
            Process = new VarianceExploding(0.01, 30), Weighting = DiffusionWeighting.SignalToNoise, Preconditioning = DiffusionPreconditioning.Noise, FeatureDropout = 0.2,
            StateFrequencies = 3,
        };
        Model<Diffusion> model = Model.Sequential([new Dense(3)], Small(options)).Build(2, s_key);
        using var file = new TemporaryFile();
        model.Save(file.Path);
        Model<Diffusion> loaded = Model.Load<Diffusion>(file.Path);
        Tensor x = s_key.Normal([2, 2]), y = s_key.FoldIn(1).Normal([2, 2]);
        Assert.Equal(model.Predict(x).LogProb(y).ToArray<float>(), loaded.Predict(x).LogProb(y).ToArray<float>());
        Assert.Equal(model.Head.Describe().ToString(), loaded.Head.Describe().ToString());

        Model<StochasticDiffusion> large = Model.Unconditional(new StochasticDiffusionHead(70));
        large.Build(0, s_key).Save(file.Path);
        Assert.Equal(
            large.Predict().Sample(s_key).ToArray<float>(), Model.Load<StochasticDiffusion>(file.Path).Predict().Sample(s_key).ToArray<float>());
    }

    [Fact]
    public void Options_OutOfRange_AreNamed()
    {
        Assert.Contains("FeatureDropout = 1", Refused(new() { FeatureDropout = 1 }), StringComparison.Ordinal);
        Assert.Contains("Width = 0", Refused(new() { Width = 0 }), StringComparison.Ordinal);
        Assert.Contains(
            "Preconditioning = Noise: it does not learn by the weighting Likelihood", Refused(new() { Preconditioning = DiffusionPreconditioning.Noise }),
            StringComparison.Ordinal);
        Assert.Contains("DataScale = -1", Refused(new() { DataScale = -1 }), StringComparison.Ordinal);
        Assert.Contains(
            "does not depend on features",
            Assert.Throws<InvalidOperationException>(() => KnownDiffusion.OfLine(new VariancePreserving()).WithGuidance(2)).Message, StringComparison.Ordinal);

        static string Refused(DiffusionOptions options) => Assert.Throws<ArgumentOutOfRangeException>(() => new DiffusionHead(2, options: options)).Message;
    }
}
