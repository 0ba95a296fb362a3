using ProbNet.Autodiff;
using ProbNet.Inference;

namespace ProbNet.Examples.FlowDensities;

/// <summary>How the models are trained and scored.</summary>
internal sealed record Settings
{
    /// <summary>The largest norm of a gradient.</summary>
    public const double ClipNorm = 5;

    /// <summary>Training points.</summary>
    public required int Points { get; init; }

    /// <summary>Test points.</summary>
    public required int TestPoints { get; init; }

    /// <summary>Training steps, about: whole passes over the points.</summary>
    public required int Steps { get; init; }

    /// <summary>Points a step.</summary>
    public required int Batch { get; init; }

    /// <summary>The largest learning rate, from which it falls to 0 as a cosine.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The widths of all networks' hidden layers.</summary>
    public required IReadOnlyList<int> Hidden { get; init; }

    /// <summary>Bins of each spline.</summary>
    public required int Bins { get; init; }

    /// <summary>Components of each mixture.</summary>
    public required int Components { get; init; }

    /// <summary>By which weights shrink, apart from the gradient (AdamW): for few points.</summary>
    public required double WeightDecay { get; init; }

    /// <summary>The noise that is added to the training points, in their standard deviations: for few points.</summary>
    public required double Jitter { get; init; }

    /// <summary>The decay of the average of the weights; 0 takes the last weights.</summary>
    public required double Average { get; init; }

    /// <summary>Where the models are trained.</summary>
    public required Device Device { get; init; }

    /// <summary>How a model is trained.</summary>
    /// <param name="count">Number of points to train on.</param>
    /// <param name="validation">Points for validation, if there are any.</param>
    /// <param name="times">How many times as many steps it takes as others.</param>
    /// <param name="key">The source of everything random.</param>
    /// <param name="cancellation">Ends training.</param>
    public FitOptions Fit(int count, Tensor? validation, int times, RandomKey key, CancellationToken cancellation)
    {
        int batch = Math.Min(Batch, count), perEpoch = (count + batch - 1) / batch;
        return new()
        {
            Epochs = Math.Max(1, ((times * Steps) + perEpoch - 1) / perEpoch),
            BatchSize = batch,
            Optimizer = run => new AdamW(new CosineAnnealing(LearningRate, run.Steps), weightDecay: WeightDecay),
            ClipNorm = ClipNorm,
            WeightAverage = Average > 0 ? new WeightAverage(Average) : null,
            ValidationData = validation is { } held ? (Tensor.Zeros([held.Shape[0], 0]), held) : null,
            Key = key,
            Device = Device,
            CancellationToken = cancellation,
        };
    }
}
