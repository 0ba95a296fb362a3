using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Inference;

/// <summary>One training run.</summary>
internal sealed class Trainer<TOut> where TOut : Sampler
{
    // Rows a forward pass of data held out: bounds its memory.
    private const int BlockRows = 8192;

    // Examples that parameters are initialized by: what is set from them is right to some percent.
    private const int FirstRows = 1024;

    private readonly Model<TOut> _model;
    private readonly TrainingData _data;
    private readonly FitOptions _options;
    private readonly History _history = new();
    private readonly Graph _validationLoss;

    // In standardized units.
    private Tensor _x = null!;
    private Tensor _y = null!;
    private Tensor? _validationX;
    private Tensor? _validationY;
    private Device? _home;
    private Tensor _targetScale = null!;

    private IReadOnlyList<Parameter> _parameters = [];
    private TrainingStep<TOut>[] _steps = [];

    // Which step is the turn of which batch, over and over.
    private int[] _turns = [];
    private long _taken;

    // By step: the loss of the last epoch in which it had its turn.
    private double[] _losses = [];

    // The averages of the parameters, in their order; null if none are kept.
    private Parameter[]? _averages;
    private Tensor[]? _bestWeights;
    private double _bestLoss = double.PositiveInfinity;

    // The last loss that counted as an improvement for early stopping, and its epoch.
    private double _improvedLoss = double.PositiveInfinity;
    private int _improvedEpoch;

    public Trainer(Model<TOut> model, TrainingData data, FitOptions options)
    {
        _model = model;
        _data = data;
        _options = options;
        _validationLoss = Graph.Compile((RandomKey key, Tensor[] inputs) => [TotalLoss(key, inputs[0], inputs[1])]);
    }

    public History Run()
    {
        try
        {
            Prepare();
            using var bar = ProgressBar.Create(_options);
            for (int epoch = 1; epoch <= _options.Epochs; epoch++)
            {
                (double loss, double gradientNorm) = TrainEpoch(epoch);
                double? validation = _validationX is null ? null : InOriginalUnits(WithAverages(ValidationLoss));
                bool hasPhases = _steps.Length > 1;
                var report = new EpochReport(
                    epoch, _options.Epochs, hasPhases ? loss : InOriginalUnits(loss), validation, _steps[^1].Phase.Optimizer.CurrentLearningRate, gradientNorm)
                {
                    PhaseLosses = hasPhases ? [.. _losses] : [],
                };
                _history.Add(report);

                // A phase that has had no turn yet has no loss.
                foreach (TrainingStep<TOut> step in validation is null && double.IsNaN(report.Loss) ? [] : _steps)
                {
                    step.Phase.Optimizer.LearningRate.Report(validation ?? report.Loss);
                }

                _options.Progress?.Report(report);
                bar?.Report(report);
                if (RememberBest(report))
                {
                    _history.StopReason = StopReason.EarlyStopping;
                    break;
                }
            }
        }
        finally
        {
            // Out of the buffers of the compiled step, which are of no more use, and back to where the model was.
            SetWeights(KeepsBest ? _bestWeights! : Values(_averages ?? _parameters));
            if (_home is not null)
            {
                _model.To(_home);
            }
        }

        if (_validationX is not null && _history.Epochs.Count > 0 && _history.BestEpoch is null)
        {
            throw new TrainingDivergedException(
                FormattableString.Invariant($"Fit: the validation loss was not finite in any of {_history.Epochs.Count} epochs (last: {_history.ValidationLoss[^1]}), ")
                + "so there are no best weights; the last are kept. Look for validation rows far outside of the training data, or lower the learning rate.",
                _history);
        }

        _model.Head.Calibrate(HeldOut());
        return _history;
    }

    /// <summary>Predictions for the validation part, else the training part, and its targets: computed when they are asked for, as few heads do.</summary>
    private IEnumerable<(TOut Prediction, Tensor Target)> HeldOut()
    {
        Tensor x = _validationX ?? _x, y = _validationY ?? _y;
        foreach ((int start, Tensor someX, Tensor someY) in Blocks(x, y))
        {
            Tensor target = Dequantize(someY.To(_home!), _options.Key.FoldIn(Streams.Calibration).FoldIn((ulong)start));
            yield return (_model.Forward(someX.To(_home!), ForwardContext.Inference), target);
        }
    }

    private static IEnumerable<(int Start, Tensor X, Tensor Y)> Blocks(Tensor x, Tensor y)
    {
        for (int start = 0; start < x.Shape[0]; start += BlockRows)
        {
            Range rows = start..Math.Min(x.Shape[0], start + BlockRows);
            yield return (start, x[rows], y[rows]);
        }
    }

    private void Prepare()
    {
        if (_options.Device is { Info.HasFloat64: false } single && _model.DType == DType.Float64)
        {
            throw new DeviceException($"Fit: the model is Float64, which {single} does not compute in; make a Float32 model, or train on another device.");
        }

        // Built first: it refuses inputs that do not fit, and then nothing has changed.
        bool isNew = !_model.IsBuilt;
        _model.Build(_data.TrainX.Shape[1..], _options.Key.FoldIn(Streams.Weights));
        if (isNew && _options.StandardizeInputs)
        {
            _model.InputStandardizer = Standardizer.Fit(_data.TrainX);
        }

        if (isNew && _options.StandardizeTargets && _model.Head.Scaling != TargetScaling.None)
        {
            _model.TargetStandardizer = Standardizer.Fit(_data.TrainY, shift: _model.Head.Scaling == TargetScaling.Affine);
        }

        _home = _model.Device;
        _targetScale = _model.TargetStandardizer?.Scale ?? Tensor.Ones(_model.Head.TargetShape, DType.Float64);
        if (isNew)
        {
            Initialize();
        }

        _model.To(_options.Device ?? _home);
        _x = _model.PrepareInputs(_data.TrainX, "Fit");
        _y = StandardizeTargets(_data.TrainY);
        if (_data.HasValidation)
        {
            _validationX = _model.PrepareInputs(_data.ValidationX!, "Fit");
            _validationY = StandardizeTargets(_data.ValidationY!);
        }

        _parameters = _model.Parameters;
        if (_parameters.Count == 0)
        {
            throw new InvalidOperationException($"Fit: the model has no parameters to train: {_model}. Add a layer or a step that learns.");
        }

        int n = _x.Shape[0], steps = (n + _options.BatchSize - 1) / _options.BatchSize;
        _averages = _options.WeightAverage is null ? null : [.. _parameters.Select(parameter => new Parameter($"{parameter.Name} (average)", parameter.Value))];
        TrainedPhase<TOut>[] phases = [.. Phases(steps)];
        _turns = [.. phases.SelectMany((phase, i) => Enumerable.Repeat(i, phase.Repeats))];
        _losses = [.. phases.Select(_ => double.NaN)];
        _steps = [.. phases.Select(phase => (TrainingStep<TOut>)(_options.Compile
            ? new CompiledStep<TOut>(_model, phase, (_x, _y), Dequantize, _options)
            : new EagerStep<TOut>(_model, phase, (_x, _y), Dequantize, _options)))];
    }

    /// <summary>Sets the parameters of the head by the training part, where they were created.</summary>
    private void Initialize()
    {
        Tensor y = Dequantize(StandardizeTargets(_data.TrainY), _options.Key.FoldIn(Streams.First));
        Standardizer statistics = Standardizer.Fit(y);
        _model.Head.InitializeFor(new TargetStatistics(statistics.Mean.Cast(_model.DType), statistics.Scale.Cast(_model.DType)));

        // The epochs that have an order of their own are counted from 1.
        int n = y.Shape[0];
        Tensor rows = _options.Key.FoldIn(Streams.Order).FoldIn(0).Permutation(n)[..Math.Min(n, FirstRows)];
        _model.Head.InitializeOn(new FirstExamples(
            () => _model.Body.Forward(_model.PrepareInputs(_data.TrainX.To(Device.Cpu).IndexSelect(0, rows), "Fit"), ForwardContext.Inference), y.IndexSelect(0, rows)));
    }

    /// <summary>The head's phases of training, or one of all parameters.</summary>
    private IEnumerable<TrainedPhase<TOut>> Phases(int stepsPerEpoch)
    {
        IReadOnlyList<TrainingPhase<TOut>> phases = _model.Head.Phases;
        if (phases.Count == 0)
        {
            yield return Phase(_parameters, _model.Head.Loss, 1, new TrainingRun(_options.Epochs, stepsPerEpoch));
        }

        int cycle = phases.Sum(phase => phase.Repeats);
        foreach (TrainingPhase<TOut> phase in phases)
        {
            IReadOnlyList<Parameter> trained = phase.TrainsBody ? [.. _model.Body.Parameters, .. phase.Parameters] : phase.Parameters;
            double own = (double)stepsPerEpoch * phase.Repeats / cycle;
            var run = new TrainingRun(_options.Epochs, (int)Math.Ceiling(own)) { Phase = phase.Name, Steps = (long)Math.Ceiling(own * _options.Epochs) };
            yield return Phase(trained, phase.Loss, phase.Repeats, run);
        }

        TrainedPhase<TOut> Phase(IReadOnlyList<Parameter> trained, Func<TOut, Tensor, LossContext, Tensor> loss, int repeats, TrainingRun run)
        {
            Parameter[] all = [.. _parameters];
            Parameter[] averages = _averages is null ? [] : [.. trained.Select(parameter => _averages[Array.IndexOf(all, parameter)])];
            return new(trained, averages, _options.Optimizer(run), loss, repeats);
        }
    }

    private Tensor StandardizeTargets(Tensor y) =>
        (_model.TargetStandardizer is { } targets ? targets.Apply(y.To(Device.Cpu), _model.DType) : y.Cast(_model.DType)).To(_model.Device);

    /// <summary>Standardized targets with new uniform noise of a cell's width, if that is asked for.</summary>
    private Tensor Dequantize(Tensor y, RandomKey key)
    {
        if (_options.Dequantization == 0)
        {
            return y;
        }

        Tensor width = (_options.Dequantization / _targetScale).Cast(_model.DType);
        return y + (width.To(_model.Device) * key.FoldIn(Streams.Cells).Uniform(y.Shape, _model.DType).To(_model.Device));
    }

    private double InOriginalUnits(double loss) => _model.Head.LossInOriginalUnits(loss, _targetScale);

    /// <summary>One pass over the training data; the mean loss of its batches, of the last phase if there are several, and the mean gradient norm.</summary>
    private (double Loss, double GradientNorm) TrainEpoch(int epoch)
    {
        int n = _x.Shape[0], steps = 0;
        Tensor order = _options.Shuffle ? _options.Key.FoldIn(Streams.Order).FoldIn((ulong)epoch).Permutation(n) : Tensor.Arange(n);
        RandomKey key = _options.Key.FoldIn(Streams.Steps).FoldIn((ulong)epoch);
        EpochTally[] tallies = [.. _steps.Select(_ => new EpochTally())];
        for (int start = 0; start < n; start += _options.BatchSize, steps++, _taken++)
        {
            _options.CancellationToken.ThrowIfCancellationRequested();
            int turn = _turns[_taken % _turns.Length], count = Math.Min(_options.BatchSize, n - start);
            tallies[turn].Add(steps, count);
            if (_steps[turn].Take(BatchAt(start)) is { } result)
            {
                Require(_steps[turn], result, steps);
                tallies[turn].Add(result.Loss * count, result.GradientNorm);
            }
        }

        for (int i = 0; i < _steps.Length; i++)
        {
            if (_steps[i].EndEpoch() is { } totals)
            {
                if (totals.Refused is { } refused)
                {
                    Require(_steps[i], refused.Result, tallies[i].Steps[refused.Step]);
                }

                tallies[i].Add(totals.Loss, totals.GradientNorm);
            }

            _losses[i] = tallies[i].Examples > 0 ? tallies[i].Loss / tallies[i].Examples : _losses[i];
        }

        return (_losses[^1], tallies.Sum(tally => tally.GradientNorm) / steps);

        Batch BatchAt(int start)
        {
            double progress = (epoch - 1 + ((double)start / n)) / _options.Epochs, rate = _options.WeightAverage?.RateAt(_taken / _turns.Length) ?? 0;
            return new(
                order[start..Math.Min(n, start + _options.BatchSize)], key.FoldIn((ulong)start), Tensor.Scalar(progress, _model.DType), Tensor.Scalar(rate, _model.DType));
        }

        void Require(TrainingStep<TOut> taken, StepResult result, int step)
        {
            Optimizer optimizer = taken.Phase.Optimizer;
            if (!result.IsFinite)
            {
                Batch batch = BatchAt(step * _options.BatchSize);
                throw new TrainingDivergedException(
                    Forensics.Explain(() => taken.Loss(batch), taken.Phase.Parameters, batch.Rows, epoch, step + 1, result, optimizer, Kept), _history);
            }

            if (result.Broken is { } broken)
            {
                throw new TrainingDivergedException(Forensics.ExplainStep(broken, epoch, step + 1, optimizer, Kept), _history);
            }
        }
    }

    /// <summary>What <see cref="Run"/> leaves to the model when it fails.</summary>
    private string Kept => KeepsBest ? FormattableString.Invariant($"The model has the weights of epoch {_history.BestEpoch}, the best one.")
        : _averages is not null ? "The model has the averages of its weights up to that step."
        : "The model keeps its weights from before that step.";

    private bool KeepsBest => _options.RestoreBestWeights && _bestWeights is not null;

    /// <summary>Calls a function while the model has the averages of its weights, if they are kept.</summary>
    private double WithAverages(Func<double> function)
    {
        if (_averages is null)
        {
            return function();
        }

        Tensor[] weights = Values(_parameters);
        SetWeights(Values(_averages));
        double result = function();
        SetWeights(weights);
        return result;
    }

    private static Tensor[] Values(IReadOnlyList<Parameter> parameters) => [.. parameters.Select(parameter => parameter.Value)];

    private double ValidationLoss()
    {
        double sum = 0;
        foreach ((int start, Tensor x, Tensor y) in Blocks(_validationX!, _validationY!))
        {
            // The same key in every epoch: a stochastic loss is then compared under the same noise.
            RandomKey key = _options.Key.FoldIn(Streams.Validation).FoldIn((ulong)start);
            sum += _options.Compile ? _validationLoss.Scalar(key, x, y) : TotalLoss(key, x, y).ToScalar();
        }

        return sum / _validationX!.Shape[0];
    }

    private Tensor TotalLoss(RandomKey key, Tensor x, Tensor y) => _model.Head
        .Loss(_model.Forward(x, ForwardContext.Inference), Dequantize(y, key), new LossContext(key, Tensor.Scalar(1, _model.DType), IsTraining: false)).Sum();

    /// <summary>Keeps the weights of the best epoch; true if it is time to stop.</summary>
    private bool RememberBest(EpochReport report)
    {
        if (report.ValidationLoss is not { } loss)
        {
            return false;
        }

        // NaN is never lower: such an epoch is never the best.
        if (loss < _bestLoss)
        {
            _bestLoss = loss;
            _history.BestEpoch = report.Epoch;
            _bestWeights = Values(_averages ?? _parameters);
        }

        if (_options.EarlyStopping is not { } rule)
        {
            return false;
        }

        if (loss < _improvedLoss - (double.IsFinite(_improvedLoss) ? rule.MinDelta : 0))
        {
            _improvedLoss = loss;
            _improvedEpoch = report.Epoch;
        }

        return report.Epoch - _improvedEpoch >= rule.Patience;
    }

    private void SetWeights(Tensor[] weights)
    {
        for (int i = 0; i < weights.Length; i++)
        {
            _parameters[i].Value = weights[i];
        }
    }
}
