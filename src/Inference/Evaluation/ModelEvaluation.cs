using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Inference;

/// <summary>Evaluation of predictions on held-out examples.</summary>
public static class ModelEvaluation
{
    private static readonly double[] s_levels = [0.5, 0.9, 0.95];

    /// <summary>Scores a model's predictions.</summary>
    /// <param name="model">A trained model.</param>
    /// <param name="x">Inputs.</param>
    /// <param name="y">What was observed.</param>
    /// <param name="levels">Levels of the central intervals; by default 0.5, 0.9 and 0.95.</param>
    /// <exception cref="ArgumentException">An input or an observation is NaN or infinite; the message names its row.</exception>
    public static Evaluation Evaluate<TOut>(this Model<TOut> model, Tensor x, Tensor y, IReadOnlyList<double>? levels = null)
        where TOut : Univariate
    {
        TrainingData.RequireFinite(x, "inputs", nameof(Evaluate));
        return Evaluate(model.Predict(x), y, levels);
    }

    /// <summary>Scores the distribution of a model without inputs (<see cref="Model.Unconditional"/>) on several observations.</summary>
    /// <param name="model">A trained model.</param>
    /// <param name="y">What was observed, [n] + the head's target shape.</param>
    /// <param name="levels">Levels of the central intervals; by default 0.5, 0.9 and 0.95.</param>
    /// <exception cref="ArgumentException">An observation is NaN or infinite; the message names its row.</exception>
    public static Evaluation Evaluate<TOut>(this Model<TOut> model, Tensor y, IReadOnlyList<double>? levels = null)
        where TOut : Univariate
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(y);
        TOut prediction = model.Predict();
        return Evaluate(prediction, y, levels, Shape.Create([y.Rank == 0 ? 0 : y.Shape[0]]).Concat(prediction.BatchShape));
    }

    /// <summary>Scores an ensemble's predictions.</summary>
    /// <param name="ensemble">A trained ensemble.</param>
    /// <param name="x">Inputs.</param>
    /// <param name="y">What was observed.</param>
    /// <param name="levels">Levels of the central intervals; by default 0.5, 0.9 and 0.95.</param>
    /// <exception cref="ArgumentException">An input or an observation is NaN or infinite; the message names its row.</exception>
    public static Evaluation Evaluate<TOut>(this Ensemble<TOut> ensemble, Tensor x, Tensor y, IReadOnlyList<double>? levels = null)
        where TOut : Univariate
    {
        TrainingData.RequireFinite(x, "inputs", nameof(Evaluate));
        return Evaluate(ensemble.Predict(x), y, levels);
    }

    /// <summary>Scores predictions, wherever they come from.</summary>
    /// <param name="prediction">One predictive distribution an observation, or one of batch shape [] for all.</param>
    /// <param name="y">What was observed, of exactly the predictions' batch shape; or [n] where that is [].</param>
    /// <param name="levels">Levels of the central intervals; by default 0.5, 0.9 and 0.95.</param>
    /// <exception cref="ShapeException">The shapes differ: broadcasting would compare every prediction with every observation.</exception>
    /// <exception cref="ArgumentException">An observation is NaN or infinite; the message names its row.</exception>
    public static Evaluation Evaluate(this Univariate prediction, Tensor y, IReadOnlyList<double>? levels = null)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(y);
        return Evaluate(prediction, y, levels, prediction.BatchShape.Rank == 0 && y.Rank == 1 ? y.Shape : prediction.BatchShape);
    }

    private static Evaluation Evaluate(Univariate prediction, Tensor y, IReadOnlyList<double>? levels, Shape expected)
    {
        if (y.Shape != expected || y.Size == 0)
        {
            string hint = y.Size == expected.Size && y.Size > 0 ? $" Use y.Reshape({expected})." : "";
            throw new ShapeException(
                $"Evaluate: the observations have shape {y.Shape}, but the prediction {prediction.Name} has batch shape {prediction.BatchShape} "
                + $"and event shape {prediction.EventShape}; they must be equal and not empty.{hint}");
        }

        TrainingData.RequireFinite(y, "observations", nameof(Evaluate));

        Tensor observed = y.Cast(prediction.DType).To(prediction.Parameters is [var first, ..] ? first.Value.Device : Device.Cpu);
        Tensor pit = Scores.Pit(prediction, observed);
        Tensor error = prediction.Mean().Value - observed;
        return new Evaluation
        {
            Count = y.Size,
            Measure = prediction.Measure,
            Nll = Mean(-prediction.LogProb(observed)),
            Rmse = Math.Sqrt(Mean(error.Square())),
            Mae = Mean((prediction.Median - observed).Abs()),
            Crps = Mean(prediction.Crps(observed)),
            Pit = pit.ToDoubles(),
            PitKs = Scores.UniformDistance(pit),
            Intervals = [.. (levels ?? s_levels).Select(level => Interval(prediction, observed, level))],
            Pinball = Enumerable.Range(1, 19).Average(i =>
            {
                double tau = i * 0.05;
                return Mean(Scores.Pinball(prediction.Quantile(Tensor.Full(prediction.BatchShape, tau, prediction.DType)), observed, tau));
            }),
            Sharpness = Math.Sqrt(Mean(prediction.Variance().Value)),
            Classes = ClassesOf(prediction) is { } classes ? Classify(prediction, observed, classes) : null,
        };
    }

    /// <summary>Into how many classes a prediction divides; null if it predicts numbers or counts.</summary>
    private static int? ClassesOf(Univariate prediction) => prediction switch
    {
        Categorical categorical => categorical.ClassCount,
        Bernoulli => 2,
        PredictiveMixture<Categorical> mixture => mixture.Members[0].ClassCount,
        PredictiveMixture<Bernoulli> => 2,
        _ => null,
    };

    private static ClassReport Classify(Univariate prediction, Tensor y, int classes)
    {
        Tensor probabilities = Tensor.Stack(
            [.. Enumerable.Range(0, classes).Select(k => prediction.LogProb(Tensor.Full(prediction.BatchShape, k, prediction.DType)).Exp())], -1);
        Tensor label = y.Cast(DType.Int64);
        Tensor error = probabilities - label.OneHot(classes, prediction.DType);
        return new(classes, Mean(probabilities.ArgMax(-1).EqualTo(label).Cast(DType.Float64)), Mean(error.Square().Sum(-1)));
    }

    private static IntervalReport Interval(Univariate prediction, Tensor y, double level)
    {
        (Tensor lower, Tensor upper) = prediction.Interval(level);
        Tensor inside = (y >= lower) & (y <= upper);
        return new(level, Mean(inside.Cast(DType.Float64)), Mean(upper - lower), Mean(Scores.Interval(lower, upper, y, level)));
    }

    // Averages in double, whatever the type of the predictions.
    private static double Mean(Tensor values) => values.To(Device.Cpu).Cast(DType.Float64).Mean().ToScalar();
}
