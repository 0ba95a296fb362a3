using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Inference;
using ProbNet.Layers;
using ProbNet.Tests.Layers;

namespace ProbNet.Tests.Inference;

public class UnconditionalFitTests
{
    private static readonly FitOptions s_options = new()
    {
        Epochs = 60, BatchSize = 50, Optimizer = run => new Adam(new CosineAnnealing(0.05, run.Steps)), ShowProgress = false,
    };

    private static Tensor Heights(int n = 500) => 170 + (8 * RandomKey.FromSeed(3).Normal([n], DType.Float64));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Fit_ExamplesWithoutInputs_FindsTheirMaximumOfLikelihood(bool compile)
    {
        Tensor y = Heights();
        Model<Laplace> model = Model.Unconditional(new LaplaceHead(), DType.Float64);
        model.Fit(y, s_options with { Compile = compile });

        Laplace p = model.Predict();
        Assert.Equal(Shape.Scalar, p.BatchShape);

        // The estimates of maximum likelihood are the median and the mean distance from it. Of Normal data that is 0.80 standard deviations, and
        // training starts at 1/√2 of them: without a gradient it would stay there, 0.7 away.
        double[] sorted = [.. y.ToDoubles().Order()];
        double median = 0.5 * (sorted[249] + sorted[250]);
        Assert.Equal(median, p.Loc.ToScalar(), 0.2);
        Assert.Equal(sorted.Average(height => Math.Abs(height - median)), p.Scale.ToScalar(), 0.1);
    }

    [Fact]
    public void Fit_SeveralOutputsAndValidation_PredictsWithoutABatchAxis()
    {
        Tensor y = Tensor.Stack([Heights(), 2 * Heights()], -1);
        Model<Normal> model = Model.Unconditional(new NormalHead(outputs: 2));
        History history = model.Fit(y, s_options with { Epochs = 3, ValidationSplit = 0.2 });
        Assert.Equal(3, history.ValidationLoss.Count);
        Assert.Equal(Shape.Create([2]), model.Predict().BatchShape);
        Assert.Equal(Shape.Create([5, 2]), model.Predict(Tensor.Zeros([5, 0])).BatchShape);
    }

    [Fact]
    public void SaveAndLoad_ModelWithoutInputs_PredictsTheSame()
    {
        Model<Mixture<Normal>> model = Model.Unconditional(new NormalMixtureHead(components: 3));
        model.Fit(Heights(), s_options with { Epochs = 2 });
        string path = Path.GetTempFileName();
        try
        {
            model.Save(path);
            Model<Mixture<Normal>> loaded = Model.Load<Mixture<Normal>>(path);
            Assert.True(loaded.IsUnconditional);
            Assert.Equal(model.Predict().LogProb(165f).ToScalar(), loaded.Predict().LogProb(165f).ToScalar());
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Fit_ModelWithInputs_RefusesExamplesWithoutThem()
    {
        Model<Normal> model = Model.Sequential([new Dense(2)], new NormalHead()).Build(3, RandomKey.FromSeed(0));
        Assert.Contains("give it inputs and targets", Assert.Throws<ShapeException>(() => model.Fit(Heights())).Message, StringComparison.Ordinal);
        Assert.Contains("[n, 3]", Assert.Throws<InvalidOperationException>(() => model.Predict()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fit_LayersWithoutInputs_AsksForInputs()
    {
        ShapeException error = Assert.Throws<ShapeException>(() => Model.Sequential([new Dense(3)], new NormalHead()).Fit(Heights()));
        Assert.Equal("Fit: the model has layers in front of its head, which need inputs: Fit(x, y). For the distribution of y alone use Model.Unconditional(head).", error.Message);
    }

    [Fact]
    public void Fit_InputsOfAModelWithout_IsRefused()
    {
        Model<Normal> model = Model.Unconditional(new NormalHead());
        ShapeException error = Assert.Throws<ShapeException>(() => model.CopyUnbuilt().Fit(Heights().Unsqueeze(1), Heights()));
        Assert.Equal(
            "Fit: the model was made by Model.Unconditional, without inputs, but got some of shape [500, 1]; use Fit(y), or Model.Sequential for a model with inputs.",
            error.Message);
        model.Fit(Heights(), s_options with { Epochs = 1 });
        error = Assert.Throws<ShapeException>(() => model.Predict(Tensor.Zeros([2, 3])));
        Assert.Equal("Model.Predict: the inputs have shape [2, 3]; the model was built without inputs: use Fit(y), Predict().", error.Message);

        // Nor does one from a file forget it.
        using var file = new TemporaryFile();
        model.Save(file.Path);
        Model<Normal> loaded = Model.Load<Normal>(file.Path).CopyUnbuilt();
        Assert.Throws<ShapeException>(() => loaded.Fit(Heights().Unsqueeze(1), Heights()));
        Assert.EndsWith("Summary(features: 0).", Assert.Throws<InvalidOperationException>(() => loaded.Summary()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Epoch_AsText_IsALine()
    {
        History history = Model.Unconditional(new NormalHead()).Fit(Heights(), s_options with { Epochs = 2, ValidationSplit = 0.2 });
        Assert.Matches("^epoch 2 of 2: loss [0-9.]+, validation [0-9.]+, learning rate [0-9.E-]+, gradient norm [0-9.E-]+$", history.Epochs[^1].ToString());
    }
}
