using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Inference;
using ProbNet.Layers;

namespace ProbNet.Tests.Inference;

public class FitArgumentTests
{
    private static readonly FitOptions s_options = new() { Epochs = 1, ShowProgress = false };

    [Fact]
    public void Fit_ColumnTargetForScalarHead_NamesAllShapesAndTheRemedy()
    {
        ShapeException error = Assert.Throws<ShapeException>(() => NewModel().Fit(Tensor.Ones([20, 3]), Tensor.Ones([20, 1]), s_options));
        Assert.Contains("[20, 1]", error.Message);
        Assert.Contains("[20, 3]", error.Message);
        Assert.Contains("needs targets of shape [20]", error.Message);
        Assert.Contains("Reshape", error.Message);
    }

    [Fact]
    public void Fit_NaNInTheInputs_NamesRowAndColumn()
    {
        float[] values = new float[60];
        values[(7 * 3) + 2] = float.NaN;
        Model<Normal> model = NewModel();
        ArgumentException error = Assert.Throws<ArgumentException>(() => model.Fit(Tensor.From(values, [20, 3]), Tensor.Ones([20]), s_options));
        Assert.Contains("inputs contain NaN in row 7, column 2", error.Message);
        Assert.False(model.IsBuilt);
    }

    [Fact]
    public void Fit_InfiniteTarget_NamesTheRow()
    {
        float[] values = new float[20];
        values[4] = float.PositiveInfinity;
        ArgumentException error = Assert.Throws<ArgumentException>(() => NewModel().Fit(Tensor.Ones([20, 3]), Tensor.From(values), s_options));
        Assert.Contains("targets contain", error.Message);
        Assert.Contains("row 4", error.Message);
    }

    [Fact]
    public void Fit_TargetOutsideTheSupport_NamesRowAndSupport()
    {
        Model<Poisson> model = Model.Sequential([], new PoissonHead());
        float[] counts = new float[20];
        counts[11] = -1;
        ArgumentException error = Assert.Throws<ArgumentException>(() => model.Fit(Tensor.Ones([20, 3]), Tensor.From(counts), s_options));
        Assert.Contains("row 11", error.Message);
        Assert.Contains("{0, 1, 2, …}", error.Message);
        Assert.False(model.IsBuilt);
    }

    [Fact]
    public void Fit_DequantizationOfCountsForAHeadOfCounts_SaysToLeaveItOut()
    {
        Model<Poisson> model = Model.Sequential([], new PoissonHead());
        ArgumentException error = Assert.Throws<ArgumentException>(() => model.Fit(Tensor.Ones([20, 3]), Tensor.Zeros([20]), s_options with { Dequantization = 1 }));
        Assert.Contains("Dequantization = 1", error.Message);
        Assert.Contains("PoissonHead", error.Message);
        Assert.Contains("set it to 0", error.Message);
        Assert.False(model.IsBuilt);
    }

    [Fact]
    public void Fit_NumbersOfRowsDiffer_Throws() =>
        Assert.Throws<ShapeException>(() => NewModel().Fit(Tensor.Ones([20, 3]), Tensor.Ones([19]), s_options));

    [Fact]
    public void Fit_NoRows_Throws() =>
        Assert.Throws<ShapeException>(() => NewModel().Fit(Tensor.Zeros([0, 3]), Tensor.Zeros([0]), s_options));

    [Fact]
    public void Fit_SingleRow_Trains()
    {
        Model<Normal> model = NewModel();
        History history = model.Fit(Tensor.Ones([1, 3]), Tensor.Ones([1]), s_options);
        Assert.True(double.IsFinite(history.Loss[0]));
    }

    [Theory]
    [InlineData(-1, 32, 0.0, "Epochs")]
    [InlineData(1, 0, 0.0, "BatchSize")]
    [InlineData(1, 32, 1.0, "ValidationSplit")]
    [InlineData(1, 32, -0.1, "ValidationSplit")]
    public void Fit_OptionOutOfRange_NamesTheOption(int epochs, int batchSize, double split, string option)
    {
        var options = new FitOptions { Epochs = epochs, BatchSize = batchSize, ValidationSplit = split };
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => NewModel().Fit(Tensor.Ones([20, 3]), Tensor.Ones([20]), options));
        Assert.Contains(option, error.Message);
    }

    [Fact]
    public void Fit_EarlyStoppingWithoutValidation_SaysWhatIsMissing()
    {
        var options = new FitOptions { EarlyStopping = new EarlyStopping(5) };
        ArgumentOutOfRangeException error =
            Assert.Throws<ArgumentOutOfRangeException>(() => NewModel().Fit(Tensor.Ones([20, 3]), Tensor.Ones([20]), options));
        Assert.Contains("ValidationSplit or ValidationData", error.Message);
    }

    [Fact]
    public void Predict_OtherNumberOfFeatures_NamesBothShapes()
    {
        Model<Normal> model = NewModel();
        model.Fit(Tensor.Ones([20, 3]), Tensor.Ones([20]), s_options);
        ShapeException error = Assert.Throws<ShapeException>(() => model.Predict(Tensor.Ones([5, 4])));
        Assert.Contains("[5, 4]", error.Message);
        Assert.Contains("[n, 3]", error.Message);
    }

    [Fact]
    public void Predict_SingleExample_SaysHowToAddTheBatchAxis()
    {
        Model<Normal> model = NewModel().Build(features: 3, key: RandomKey.FromSeed(1));
        ShapeException error = Assert.Throws<ShapeException>(() => model.Predict(Tensor.Ones([3])));
        Assert.EndsWith("use x.Unsqueeze(0).", error.Message);
    }

    [Fact]
    public void Fit_OneHotTargets_SaysToUseClassNumbers()
    {
        Model<Categorical> model = Model.Sequential([new Dense(4)], new CategoricalHead(3));
        ShapeException error = Assert.Throws<ShapeException>(() => model.Fit(Tensor.Ones([20, 2]), Tensor.Zeros([20, 3])));
        Assert.Contains("y.ArgMax(-1)", error.Message);
    }

    [Fact]
    public void Predict_BeforeFit_SaysWhatToCall()
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => NewModel().Predict(Tensor.Ones([5, 4])));
        Assert.Contains("Fit", error.Message);
    }

    private static Model<Normal> NewModel() => Model.Sequential([new Dense(4, Activation.Tanh)], new NormalHead());
}
