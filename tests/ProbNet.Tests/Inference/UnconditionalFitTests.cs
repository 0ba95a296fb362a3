using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Inference;
using ProbNet.Layers;

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
}
