using System.Diagnostics;
using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Inference;
using ProbNet.Layers;

namespace ProbNet.Examples.ScoreDiffusion;

/// <summary>Trains a diffusion and a GAN on draws of a density that is known, and compares them with it.</summary>
internal static class ToyExperiment
{
    private const int EnergyDraws = 2000;

    public static ToyResult Run(string name, Settings settings, CancellationToken cancellation)
    {
        ToyDensity density = ToyDensity.All[name];
        RandomKey key = settings.Key.FoldIn(1);
        Tensor train = density.Sample(key.FoldIn(0), settings.Points), test = density.Sample(key.FoldIn(1), settings.TestPoints);
        FitOptions options = new()
        {
            Epochs = settings.Epochs, BatchSize = settings.BatchSize, Key = key.FoldIn(2), Device = settings.Device, CancellationToken = cancellation,
        };

        var watch = Stopwatch.StartNew();
        Layer[] hidden = [.. Enumerable.Range(0, settings.Depth).Select(_ => new Dense(settings.Width, Activation.Silu))];
        Model<Diffusion> diffusion = Model.Unconditional(new DiffusionHead(
            2, new Sequential(hidden),
            new DiffusionOptions
            {
                Width = settings.Width, StateFrequencies = settings.StateFrequencies, Weighting = settings.Weighting, SharedTargets = settings.SharedTargets,
                Process = new ElucidatedProcess(sigmaMin: settings.LeastNoise),
            }));
        History diffusionHistory = diffusion.Fit(train, options with
        {
            Optimizer = run => new Adam(new CosineAnnealing(Settings.DiffusionRate, run.Steps)), WeightAverage = new WeightAverage(settings.Average),
        });
        double diffusionSeconds = watch.Elapsed.TotalSeconds;

        watch.Restart();
        Model<Generator> gan = Model.Unconditional(new GanHead(
            2, Hidden(Activation.Relu), Hidden(Activation.LeakyRelu), Settings.GanLatent, gradientPenalty: Settings.GradientPenalty));
        History ganHistory = gan.Fit(train, options with
        {
            Epochs = settings.GanEpochs, BatchSize = Settings.GanBatchSize,
            Optimizer = run => new Adam(new CosineAnnealing(Settings.GanRate, run.Steps), beta1: 0, beta2: 0.9), WeightAverage = new WeightAverage(0.998),
        });
        double ganSeconds = watch.Elapsed.TotalSeconds;

        Diffusion p = diffusion.Predict();
        Tensor exact = density.LogDensity(test), learned = p.LogProb(test.Cast(DType.Float32)).To(Device.Cpu).Cast(DType.Float64), gap = exact - learned;
        Tensor fresh = density.Sample(key.FoldIn(5), EnergyDraws);
        double Energy(Tensor draws) => Divergence.EnergyDistance(draws.To(Device.Cpu).Cast(DType.Float64), fresh).Value.ToScalar();
        return new(density, test, p, gan.Predict())
        {
            Entropy = -exact.Mean().ToScalar(),
            Nll = -learned.Mean().ToScalar(),
            Gap = (gap.Mean().ToScalar(), gap.Std().ToScalar() / Math.Sqrt(gap.Size)),
            Bound = settings.Weighting == DiffusionWeighting.Likelihood ? Bound(diffusion, test, key.FoldIn(3)) : double.NaN,
            Energy = (
                Energy(density.Sample(key.FoldIn(4), EnergyDraws)), Energy(p.Sample(key.FoldIn(4), EnergyDraws)), Energy(gan.Predict().Sample(key.FoldIn(4), EnergyDraws))),
            Seconds = (diffusionSeconds, ganSeconds),
            DiffusionHistory = diffusionHistory,
            GanHistory = ganHistory,
        };

        static Sequential Hidden(Activation activation) => new(new Dense(64, activation), new Dense(64, activation));
    }

    /// <summary>The mean loss of examples that the model has not seen, in the units of the data.</summary>
    public static double Bound<TOut>(Model<TOut> model, Tensor y, RandomKey key, Tensor? x = null) where TOut : Sampler
    {
        Tensor inputs = model.PrepareInputs(x ?? Tensor.Zeros([y.Shape[0], 0]), "Bound");
        Tensor targets = model.TargetStandardizer!.Apply(y, model.DType).To(model.Device);
        Tensor loss = model.Head.Loss(model.Forward(inputs, ForwardContext.Inference), targets, new LossContext(key, 1.0, IsTraining: false));
        return model.Head.LossInOriginalUnits(loss.Mean().ToScalar(), model.TargetStandardizer.Scale);
    }
}
