using ProbNet.Autodiff;
using ProbNet.Benchmarks;
using ProbNet.Distributions;
using ProbNet.Inference;
using ProbNet.Layers;

namespace ProbNet.BackendContract;

public abstract partial class DeviceContractTests
{
    // The first losses of a run: rounding grows by chaos afterwards.
    private const int Losses = 50;

    // Rounding moves points of a spline from one bin to the next, which grows sooner.
    private const int LossesOfSplines = 10;
    private const double LossTolerance = 1e-4;

    /// <summary>The workloads whose losses are compared: all, for a device that is not a simulation.</summary>
    protected virtual IEnumerable<string> Workloads => AllWorkloads.ById.Keys;

    /// <summary>Whole training runs have the processor's first losses.</summary>
    [ContractFact]
    public void Workloads_FirstLosses_AreTheProcessors()
    {
        foreach (string id in Workloads)
        {
            var here = new CompiledStep(AllWorkloads.ById[id]());
            CompiledStep there = OnDevice(id);
            int losses = id.StartsWith("spline", StringComparison.Ordinal) ? LossesOfSplines : Losses;
            for (int step = 0; step < losses; step++)
            {
                double expected = here.Run(), actual = there.Run();
                Assert.True(
                    Math.Abs(actual - expected) <= LossTolerance * Math.Abs(expected),
                    FormattableString.Invariant($"{id}, step {step}: processor {expected:R}, device {actual:R}."));
            }
        }
    }

    /// <summary>Every optimizer, in graphs and eagerly in turn, its state moved to a new one on the way, takes the processor's steps.</summary>
    [ContractFact]
    public void Optimizers_StepsInGraphsAndEagerly_AreTheProcessors()
    {
        (string Name, Func<Optimizer> Make)[] optimizers =
        [
            ("Sgd", () => new Sgd(0.1)), ("Sgd, momentum", () => new Sgd(0.05, momentum: 0.9, dampening: 0.1, weightDecay: 0.01)),
            ("Sgd, Nesterov", () => new Sgd(0.05, momentum: 0.9, nesterov: true)), ("Adam", () => new Adam(0.05)), ("AdamW", () => new AdamW(0.05)),
            ("NAdam", () => new NAdam(0.05)), ("RAdam", () => new RAdam(0.05)), ("AdaGrad", () => new AdaGrad(0.1)),
            ("AdaDelta", () => new AdaDelta()), ("RmsProp", () => new RmsProp(0.01)),
            ("RmsProp, centred", () => new RmsProp(0.01, centered: true, momentum: 0.5)), ("Adamax", () => new Adamax(0.05)),
            ("Adam, schedule", () => new Adam(new ExponentialDecay(0.1, 0.9))),
        ];
        foreach ((string name, Func<Optimizer> make) in optimizers)
        {
            foreach (double[] here in Steps(make, Device.Cpu, null, null).Zip(Steps(make, Target, null, null), Pair))
            {
                Assert.True(here[0] <= 1e-4, FormattableString.Invariant($"{name}: step {here[1]} differs by {here[0]:R}."));
            }
        }
    }

    /// <summary>Gradients clipped inside of a graph, by value, by norm and both, give the processor's steps.</summary>
    [ContractFact]
    public void Optimizers_Clipped_AreTheProcessors()
    {
        foreach ((double? value, double? norm) in new (double?, double?)[] { (null, null), (0.01, null), (null, 0.02), (0.01, 0.005), (100, 100) })
        {
            foreach (Func<Optimizer> make in new Func<Optimizer>[] { () => new Sgd(0.5), () => new Adam(0.05) })
            {
                foreach (double[] here in Steps(make, Device.Cpu, value, norm, guarded: true).Zip(Steps(make, Target, value, norm, guarded: true), Pair))
                {
                    Assert.True(here[0] <= 1e-4, FormattableString.Invariant($"clip {value}, {norm}: step {here[1]} differs by {here[0]:R}."));
                }
            }
        }
    }

    /// <summary>A guarded step whose loss or gradient is not finite changes nothing.</summary>
    [ContractFact]
    public void Optimizers_GuardedStepThatIsNotFinite_ChangesNothing()
    {
        var w = new Parameter("w", Tensor.From(1f, 2).To(Target));
        var adam = new Adam(0.1);
        Graph graph = Graph.Compile((Tensor x) =>
        {
            Tensor loss = x.Sum();
            Trace.Current!.Update(adam, [w], [Tensor.From(1f, 1)], new UpdateGuard(loss, null, null));
            return loss;
        });
        graph.Step(Tensor.From(3f));
        double[] after = w.Value.ToDoubles();
        Assert.NotEqual([1.0, 2], after);
        graph.Step(Tensor.From(float.PositiveInfinity));
        graph.Step(Tensor.From(float.NaN));
        Assert.Equal(after, w.Value.ToDoubles());
    }

    /// <summary>A guarded step that would make a weight infinite is not taken, and the parameter of the first such weight is known, also far behind in the memory of all.</summary>
    [ContractFact]
    public void Optimizers_GuardedStepBeyondTheRange_NamesTheParameter()
    {
        Parameter[] parameters =
        [
            new("first", Tensor.Zeros([70_000]).To(Target)), new("broken", Tensor.Zeros([3]).To(Target)), new("last", Tensor.Zeros([2]).To(Target)),
        ];
        var sgd = new Sgd(1e30);
        Graph graph = Graph.Compile((Tensor x) =>
        {
            Tensor loss = x.Sum();
            Trace.Current!.Update(sgd, parameters, [Tensor.Ones([70_000]), x, x[1..] * 1], new UpdateGuard(loss, null, null));
            return loss;
        });
        graph.Step(Tensor.From(1f, 1, 1e15f));
        Assert.Same(parameters[1], graph.LastUpdate is { } outcome ? outcome.Broken : graph.TakeTotals()!.Value.Broken);
        Assert.All(parameters, parameter => Assert.All(parameter.Value.ToDoubles(), value => Assert.Equal(0, value)));
    }

    /// <summary>Fit with each of its options ends with the processor's losses and weights, and leaves the model where it was.</summary>
    [ContractFact]
    public void Fit_WithEachOption_IsTheProcessors()
    {
        var plain = new FitOptions { Epochs = 3, BatchSize = 16, Optimizer = _ => new Adam(0.01), Key = RandomKey.FromSeed(5), ShowProgress = false };
        (string Name, FitOptions Options)[] cases =
        [
            ("plain", plain), ("clip value", plain with { ClipValue = 1e-3 }), ("clip norm", plain with { ClipNorm = 1e-3 }), ("validation", plain with { ValidationSplit = 0.2 }),
            ("in order", plain with { Shuffle = false }), ("eager", plain with { Compile = false, Epochs = 1 }),
            ("weight average", plain with { WeightAverage = new WeightAverage(0.9), ValidationSplit = 0.2 }), ("dequantization", plain with { Dequantization = 0.1 }),
            ("early stopping", plain with { Epochs = 30, ValidationSplit = 0.3, EarlyStopping = new EarlyStopping(patience: 1), Optimizer = _ => new Adam(0.1) }),
        ];
        foreach ((string name, FitOptions options) in cases)
        {
            (double[] weights, double[] losses) = Train(options);
            (double[] weightsThere, double[] lossesThere) = Train(options with { Device = Target });
            Assert.True(losses.Length == lossesThere.Length, FormattableString.Invariant($"{name}: {losses.Length} losses on the processor, {lossesThere.Length} on the device."));
            int compared = Math.Min(losses.Length, 6);
            Assert.All(losses.Zip(lossesThere).Take(compared), IsClose);
            Assert.All(weights.Zip(weightsThere).Take(options.Epochs <= 3 ? weights.Length : 0), IsClose);

            void IsClose((double Here, double There) pair) => Assert.True(Math.Abs(pair.Here - pair.There) <= 1e-3 * (1 + Math.Abs(pair.Here)), $"{name}: {pair}");
        }
    }

    /// <summary>A run that diverges says the same as on the processor: the operation, the batch, and it keeps finite weights.</summary>
    [ContractFact]
    public void Fit_Diverging_SaysWhatTheProcessorSays()
    {
        FitOptions options = new() { Epochs = 50, BatchSize = 16, Optimizer = _ => new Sgd(1e18), Key = RandomKey.FromSeed(5), ShowProgress = false };
        string here = Assert.Throws<TrainingDivergedException>(() => Train(options)).Message;
        string there = Assert.Throws<TrainingDivergedException>(() => Train(options with { Device = Target })).Message;
        Assert.Contains("First not finite: ", there, StringComparison.Ordinal);
        Assert.Equal(WithoutNumbers(here), WithoutNumbers(there));
        options = options with { Optimizer = _ => new Adam(1e39) };
        here = Assert.Throws<TrainingDivergedException>(() => Train(options)).Message;
        Assert.Contains("the optimizer's step made ", here, StringComparison.Ordinal);
        Assert.Equal(here, Assert.Throws<TrainingDivergedException>(() => Train(options with { Device = Target })).Message);

        // The numbers themselves are beyond all range, and depend on rounding.
        static string WithoutNumbers(string message) => System.Text.RegularExpressions.Regex.Replace(message, @"-?\d[\d.]*(E[+-]?\d+)?|∞|NaN|Infinity", "#");
    }

    private protected CompiledStep OnDevice(string id)
    {
        Workload workload = AllWorkloads.ById[id]();
        foreach (Parameter parameter in workload.Parameters)
        {
            parameter.Value = parameter.Value.To(Target);
        }

        return new CompiledStep(workload);
    }

    private static (double[] Weights, double[] Losses) Train(FitOptions options)
    {
        // 100 rows: the last batch of an epoch is smaller, a plan of its own.
        RandomKey key = RandomKey.FromSeed(3);
        Tensor x = key.FoldIn(1).Normal([100, 2]), y = x.Sum(-1).Sin() + (0.1 * key.FoldIn(2).Normal([100]));
        Model<Mixture<Normal>> model = Model.Sequential([new Dense(8, Activation.Tanh), new Dropout(0.2)], new NormalMixtureHead(2));
        try
        {
            History history = model.Fit(x, y, options);
            return ([.. model.Parameters.SelectMany(parameter => parameter.Value.ToDoubles())], [.. history.Loss, .. history.ValidationLoss]);
        }
        finally
        {
            Assert.All(model.Parameters, parameter => Assert.True(parameter.Value.Device.IsCpu && parameter.Value.ToDoubles().All(double.IsFinite)));
        }
    }

    private static double[] Pair((double[] Values, int Step) here, (double[] Values, int Step) there) =>
        [here.Values.Zip(there.Values, (a, b) => Math.Abs(a - b) / (1 + Math.Abs(a))).Max(), here.Step];

    /// <summary>The parameters after each of some steps: compiled ones of two shapes, eager ones between, the state exported and imported once.</summary>
    private static IEnumerable<(double[] Values, int Step)> Steps(Func<Optimizer> make, Device device, double? clipValue, double? clipNorm, bool guarded = false)
    {
        Parameter[] parameters = [new("w", Values([5, 3], DType.Float32, 1).To(device)), new("b", Values([3], DType.Float32, 2).To(device))];
        Optimizer optimizer = make();
        Tensor Loss(Tensor x) => (x.MatMul(parameters[0].Read()) + parameters[1].Read()).Tanh().Square().Mean();
        Graph? step = null;
        for (int i = 0; i < 8; i++)
        {
            if (i == 5)
            {
                Optimizer next = make();
                next.ImportState(optimizer.ExportState(), parameters);
                (optimizer, step) = (next, null);
            }

            Optimizer current = optimizer;
            step ??= Graph.Compile((Tensor x) =>
            {
                (Tensor loss, Tensor[] gradients) = Gradient.ValueAndGradient(() => Loss(x), parameters);
                if (guarded)
                {
                    Trace.Current!.Update(current, parameters, gradients, new UpdateGuard(loss, clipValue, clipNorm));
                }
                else
                {
                    current.Step(parameters, gradients);
                }

                return loss;
            });
            Tensor batch = Values([4 + (i % 2), 5], DType.Float32, i);
            if (i == 3 && !guarded)
            {
                current.Step(parameters, Gradient.ValueAndGradient(() => Loss(batch.To(device)), parameters).Gradients);
            }
            else
            {
                step.Step(batch);
            }

            yield return ([.. parameters.SelectMany(parameter => parameter.Value.ToDoubles())], i);
        }
    }
}
