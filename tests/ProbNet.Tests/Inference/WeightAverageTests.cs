using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Inference;
using ProbNet.Layers;
using ProbNet.Tests.Autodiff;

namespace ProbNet.Tests.Inference;

public class WeightAverageTests
{
    private const double Rate = 0.1;
    private static readonly RandomKey s_key = RandomKey.FromSeed(3);
    private static readonly Tensor s_x = s_key.Normal([48, 2], DType.Float64), s_y = s_x.Sum(-1) + (0.3 * s_key.FoldIn(1).Normal([48], DType.Float64));

    private static Model<Normal> NewModel(DType dtype = DType.Float64) => new(new Sequential(new Dense(4, Activation.Tanh)), new NormalHead(), dtype);

    private static FitOptions Options(bool compile) => new()
    {
        Epochs = 3, BatchSize = 16, Compile = compile, ShowProgress = false, Key = s_key, Optimizer = _ => new Sgd(Rate), StandardizeInputs = false,
        StandardizeTargets = false,
    };

    private static double[] Weights(Model<Normal> model) => [.. model.Parameters.SelectMany(parameter => parameter.Value.Cast(DType.Float64).ToArray<double>())];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Fit_Averaging_EndsWithTheAverageOfTheWeightsBeforeEachStep(bool compile)
    {
        // The same run, stopped after each step, tells the weights along the way: one epoch is one step of all examples.
        var path = new List<double[]>();
        FitOptions options = Options(compile) with { BatchSize = 48, Shuffle = false };
        for (int steps = 0; steps < 12; steps++)
        {
            Model<Normal> plain = NewModel();
            plain.Fit(s_x, s_y, options with { Epochs = steps });
            path.Add(Weights(plain));
        }

        double[] expected = path[0];
        for (int step = 0; step < 12; step++)
        {
            double decay = Math.Min(0.5, (1.0 + step) / (10 + step));
            expected = [.. expected.Zip(path[step], (average, weight) => (decay * average) + ((1 - decay) * weight))];
        }

        Model<Normal> model = NewModel();
        model.Fit(s_x, s_y, options with { Epochs = 12, WeightAverage = new WeightAverage(0.5) });
        Assert.All(expected.Zip(Weights(model)), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        Assert.True(expected.Zip(path[^1]).Max(pair => Math.Abs(pair.First - pair.Second)) > 1e-3, "The average differs from the last weights.");
    }

    [Fact]
    public void Fit_AveragingOrNot_TakesTheSameSteps()
    {
        double[] Losses(WeightAverage? average) => [.. NewModel().Fit(s_x, s_y, Options(true) with { WeightAverage = average }).Loss];
        Assert.Equal(Losses(null), Losses(new WeightAverage()));
    }

    [Fact]
    public void Fit_AveragingWithValidation_ValidatesAndKeepsTheAverages()
    {
        FitOptions options = Options(true) with { Epochs = 8, WeightAverage = new WeightAverage(0.8), ValidationData = (s_x[..20], s_y[..20]) };
        Model<Normal> model = NewModel();
        History history = model.Fit(s_x[20..], s_y[20..], options);
        double loss = -model.Predict(s_x[..20]).LogProb(s_y[..20]).Mean().ToScalar();
        Assert.Equal(history.ValidationLoss[history.BestEpoch!.Value - 1], loss, 1e-12);

        // Looking at the validation part changes nothing of the training.
        Model<Normal> blind = NewModel();
        Assert.Equal(history.Loss, blind.Fit(s_x[20..], s_y[20..], options with { ValidationData = null }).Loss);
    }

    [OpenClFact]
    public void Fit_AveragingOnADevice_GivesTheAveragesOfTheProcessor()
    {
        double[] On(Device device)
        {
            Model<Normal> model = NewModel(DType.Float32);
            model.Fit(s_x, s_y, Options(true) with { Device = device, WeightAverage = new WeightAverage(0.9) });
            return Weights(model);
        }

        Assert.All(On(Device.Cpu).Zip(On(Device.Parse("opencl:0"))), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void Create_DecayOutOfRange_IsRefused(double decay) =>
        Assert.Contains("decay is", Assert.Throws<ArgumentOutOfRangeException>(() => new WeightAverage(decay)).Message, StringComparison.Ordinal);
}
