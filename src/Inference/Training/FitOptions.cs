using ProbNet.Autodiff;

namespace ProbNet.Inference;

/// <summary>How a model is trained. Every default suits a small table of data.</summary>
public sealed record FitOptions
{
    /// <summary>Passes over the training data; 0 only builds the model. Default 100.</summary>
    public int Epochs { get; init; } = 100;

    /// <summary>Examples a step; the last batch of an epoch may be smaller. Default 32.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>
    /// Makes the optimizer of a run, so that every run starts with a fresh state. What it is given says how long the run is, for schedules:
    /// <c>run => new Adam(new CosineAnnealing(1e-2, run.Steps))</c>. Default Adam with a learning rate of 0.001.
    /// </summary>
    public Func<TrainingRun, Optimizer> Optimizer { get; init; } = _ => new Adam(1e-3);

    /// <summary>The source of all randomness: initial weights, validation split, order of examples, dropout. Same key, same weights, bit for bit.</summary>
    public RandomKey Key { get; init; } = RandomKey.FromSeed(0);

    /// <summary>The fraction of examples, drawn at random, held out for validation; in [0, 1). Default 0: none.</summary>
    public double ValidationSplit { get; init; }

    /// <summary>Examples for validation, instead of a split.</summary>
    public (Tensor X, Tensor Y)? ValidationData { get; init; }

    /// <summary>Stops when the validation loss has not improved for a while; null trains all epochs.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>Whether training ends with the weights of the epoch of the lowest validation loss, however it ends. Default true.</summary>
    public bool RestoreBestWeights { get; init; } = true;

    /// <summary>
    /// Averages the weights over the steps; the averages are what is validated, and what the model has in the end. A second Fit goes on from them. Null does not.
    /// </summary>
    public WeightAverage? WeightAverage { get; init; }

    /// <summary>Limits each element of the gradient to [−value, value]; null does not.</summary>
    public double? ClipValue { get; init; }

    /// <summary>Limits the norm of all gradients together; null does not.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>Whether the model standardizes its inputs, by mean and standard deviation of the training part. Default true.</summary>
    public bool StandardizeInputs { get; init; } = true;

    /// <summary>Whether the model standardizes its targets as far as the head allows, undone in every prediction. Default true.</summary>
    public bool StandardizeTargets { get; init; } = true;

    /// <summary>
    /// The distance of neighbouring values of targets that only have some, such as 1/16 for digits of 16 grey levels. Uniform noise of this width is added to them, new in
    /// every step: without it, a density can grow without bounds at the values (Uria, Murray and Larochelle 2013). The mean log density of y + noise, plus the logarithm of the
    /// width for each number, is a lower bound of the log probability of the values (Theis, van den Oord and Bethge 2016); add the noise to what the trained model is tested
    /// on, too. Default 0: none.
    /// </summary>
    public double Dequantization { get; init; }

    /// <summary>Whether the examples are shuffled in every epoch. Default true.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>
    /// Whether the training step is compiled (<see cref="Graph"/>): several times as fast, with the same numbers to rounding. Without, operations run one
    /// by one, so that a debugger shows their values, and a loss of your own may read values. Default true.
    /// </summary>
    public bool Compile { get; init; } = true;

    /// <summary>
    /// Where training runs; null for where the model lives. Parameters, the optimizer's state and the data stay there for the whole run, and the model is moved back at its
    /// end. The order of a batch is the only copy a step; loss and gradients are looked at once an epoch, so that a step with a loss that is not finite is reported at its end:
    /// no step is taken after it.
    /// </summary>
    public Device? Device { get; init; }

    /// <summary>Receives a report after every epoch.</summary>
    public IProgress<EpochReport>? Progress { get; init; }

    /// <summary>Whether a progress bar is drawn when the console is a terminal; never when output is redirected. Default true.</summary>
    public bool ShowProgress { get; init; } = true;

    /// <summary>Ends training after the current step; the model keeps valid weights and the exception is <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken CancellationToken { get; init; }

    internal void Validate()
    {
        Require(Epochs >= 0, nameof(Epochs), Epochs, "must not be negative");
        Require(BatchSize >= 1, nameof(BatchSize), BatchSize, "must be at least 1");
        Require(ValidationSplit is >= 0 and < 1, nameof(ValidationSplit), ValidationSplit, "must lie in [0, 1)");
        Require(ValidationSplit == 0 || ValidationData is null, nameof(ValidationSplit), ValidationSplit, "cannot be combined with ValidationData; give one of them");
        Require(Dequantization >= 0 && double.IsFinite(Dequantization), nameof(Dequantization), Dequantization, "must be a finite number of at least 0");
        Require(ClipValue is null or > 0, nameof(ClipValue), ClipValue, "must be above 0");
        Require(ClipNorm is null or > 0, nameof(ClipNorm), ClipNorm, "must be above 0");
        Require(
            EarlyStopping is null || ValidationSplit > 0 || ValidationData is not null,
            nameof(EarlyStopping), EarlyStopping, "needs a ValidationSplit or ValidationData to watch");
    }

    private static void Require(bool holds, string name, object? value, string rule)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"FitOptions.{name} = {value}: it {rule}."));
        }
    }
}
