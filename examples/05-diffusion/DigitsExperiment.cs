using System.Diagnostics;
using ProbNet.Autodiff;
using ProbNet.Inference;
using ProbNet.Layers;

namespace ProbNet.Examples.ScoreDiffusion;

/// <summary>Trains a diffusion on pictures of digits, given what they are.</summary>
internal static class DigitsExperiment
{
    public const int Side = 8;
    public const int Pixels = Side * Side;
    private const int TestRows = 297;
    private const int LikelihoodSteps = 24;

    public static DigitsResult Run(Settings settings, CancellationToken cancellation)
    {
        (Tensor images, Tensor labels) = Read(ExampleCommand.DataFile("digits.csv"));
        RandomKey key = settings.Key.FoldIn(2);
        Tensor order = key.FoldIn(0).Permutation(images.Shape[0]);
        images = images.IndexSelect(0, order);
        Tensor inputs = labels.IndexSelect(0, order).OneHot(10, DType.Float32);

        // A whole number has no density: noise of one unit makes it a continuous one whose density bounds the number's probability (Theis et al. 2016).
        Tensor dequantised = images + key.FoldIn(1).Uniform(images.Shape, DType.Float64);
        Tensor test = dequantised[..TestRows], testInputs = inputs[..TestRows];

        var watch = Stopwatch.StartNew();
        Model<Diffusion> model = Model.Sequential(
            [], new DiffusionHead(
                Pixels, new Sequential(new Dense(256, Activation.Silu), new Dense(256, Activation.Silu)),
                new DiffusionOptions { Width = 256, FeatureDropout = 0.1, Process = new ElucidatedProcess(sigmaMin: 0.005) }));
        History history = model.Fit(inputs[TestRows..], dequantised[TestRows..], new FitOptions
        {
            Epochs = settings.DigitEpochs, BatchSize = 100, Key = key.FoldIn(2), Device = settings.Device, CancellationToken = cancellation, StandardizeInputs = false,
            Optimizer = run => new Adam(new CosineAnnealing(2e-3, run.Steps)), WeightAverage = new WeightAverage(),
            ValidationSplit = 0.1,
        });
        double seconds = watch.Elapsed.TotalSeconds;

        int rows = Math.Min(settings.DigitRows, TestRows);
        Tensor nll = model.Predict(testInputs[..rows]).WithSteps(LikelihoodSteps).LogProb(test[..rows].Cast(DType.Float32)).To(Device.Cpu) / -Pixels;
        Tensor classes = Tensor.Eye(10);
        return new(images[..TestRows], classes, model.Predict(classes))
        {
            TrainRows = images.Shape[0] - TestRows,
            NatsPerPixel = (nll.Mean().ToScalar(), nll.Std().ToScalar() / Math.Sqrt(rows), rows),
            BoundPerPixel = ToyExperiment.Bound(model, test, key.FoldIn(3), testInputs) / Pixels,
            Seconds = seconds,
            History = history,
        };
    }

    private static (Tensor Images, Tensor Labels) Read(string path)
    {
        CsvTable table = CsvTable.Read(path);
        Tensor[] columns = [.. Enumerable.Range(0, Pixels).Select(i => Tensor.From(table.Numbers(FormattableString.Invariant($"p{i}"))))];
        return (Tensor.Stack(columns, -1), Tensor.From(table.Numbers(table.Columns[^1])).Cast(DType.Int64));
    }
}
