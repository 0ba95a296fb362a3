using System.Runtime.InteropServices;
using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Inference;

/// <summary>
/// Scores in nats of anything that has a density, a mass, an estimate or a bound of one: numbers and vectors, autoencoders and diffusions. What has none, a
/// <see cref="Generator"/>, does not compile.
/// </summary>
public static class DensityScoring
{
    /// <summary>Draws an example behind estimates and bounds, if not told otherwise.</summary>
    public const int DefaultSamples = 64;

    /// <summary>Scores a model whose predictions have a density.</summary>
    /// <param name="model">A trained model.</param>
    /// <param name="x">Inputs.</param>
    /// <param name="y">What was observed, [n] + the head's target shape; of any numeric type.</param>
    /// <exception cref="ShapeException">The observations are of another shape, or there are none.</exception>
    /// <exception cref="ArgumentException">An input or an observation is NaN or infinite; the message names its row.</exception>
    public static DensityScore Score<TOut>(this Model<TOut> model, Tensor x, Tensor y) where TOut : Distribution => Score(Predict(model, x), y);

    /// <summary>Scores a model without inputs (<see cref="Model.Unconditional"/>) whose prediction has a density.</summary>
    /// <inheritdoc cref="Score{TOut}(Model{TOut}, Tensor, Tensor)"/>
    public static DensityScore Score<TOut>(this Model<TOut> model, Tensor y) where TOut : Distribution
    {
        ArgumentNullException.ThrowIfNull(model);
        return OfDensity(model.Predict(), y, isCommon: true);
    }

    /// <summary>Scores a model whose predictions have an estimate or bound of a density.</summary>
    /// <param name="model">A trained model.</param>
    /// <param name="x">Inputs.</param>
    /// <param name="y">What was observed, [n] + the head's target shape; of any numeric type.</param>
    /// <param name="key">The source of randomness.</param>
    /// <param name="samples">Draws an example; for most, at least 2. A bound comes closer to the density the more there are.</param>
    /// <inheritdoc cref="Score{TOut}(Model{TOut}, Tensor, Tensor)" path="/exception"/>
    public static DensityScore Score<TOut>(this Model<TOut> model, Tensor x, Tensor y, RandomKey key, int samples = DefaultSamples) where TOut : Sampler, IEvidence =>
        Score(Predict(model, x), y, key, samples);

    /// <summary>Scores a model without inputs (<see cref="Model.Unconditional"/>) whose prediction has an estimate or bound of a density.</summary>
    /// <inheritdoc cref="Score{TOut}(Model{TOut}, Tensor, Tensor, RandomKey, int)"/>
    public static DensityScore Score<TOut>(this Model<TOut> model, Tensor y, RandomKey key, int samples = DefaultSamples) where TOut : Sampler, IEvidence
    {
        ArgumentNullException.ThrowIfNull(model);
        return Estimated(model.Predict(), y, key, samples, isCommon: true);
    }

    /// <summary>Scores predictions that have a density, or one for all: <c>truth.Score(y)</c> is what no model can beat on average.</summary>
    /// <param name="prediction">One distribution an example, or one of batch shape [] for all.</param>
    /// <param name="y">What was observed, of exactly the shape batch + event, or [n] + event where there is no batch.</param>
    /// <exception cref="ShapeException">The shapes differ, or there is no example.</exception>
    /// <exception cref="ArgumentException">An observation is NaN or infinite; the message names its row.</exception>
    public static DensityScore Score(this Distribution prediction, Tensor y)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        return OfDensity(prediction, y, prediction.BatchShape.Rank == 0);
    }

    /// <summary>Scores predictions that have an estimate or bound of a density.</summary>
    /// <param name="prediction">One prediction an example, or one of batch shape [] for all.</param>
    /// <param name="y">What was observed, of exactly the shape batch + event, or [n] + event where there is no batch.</param>
    /// <param name="key">The source of randomness.</param>
    /// <param name="samples">Draws an example; for most, at least 2.</param>
    /// <inheritdoc cref="Score(Distribution, Tensor)" path="/exception"/>
    public static DensityScore Score<TOut>(this TOut prediction, Tensor y, RandomKey key, int samples = DefaultSamples) where TOut : Sampler, IEvidence
    {
        ArgumentNullException.ThrowIfNull(prediction);
        return Estimated(prediction, y, key, samples, prediction.BatchShape.Rank == 0);
    }

    private static DensityScore OfDensity(Distribution prediction, Tensor y, bool isCommon) => Of(
        prediction, Examples(prediction, y, isCommon), prediction.Measure, at => (prediction.LogProb(at), prediction.LogProbEvidence));

    private static DensityScore Estimated<TOut>(TOut prediction, Tensor y, RandomKey key, int samples, bool isCommon) where TOut : Sampler, IEvidence => Of(
        prediction, Examples(prediction, y, isCommon), prediction.Measure, at =>
        {
            Estimate estimate = prediction.LogProbEstimate(at, key, samples);
            return (estimate.Value, estimate.Kind);
        }) with { Samples = samples };

    private static DensityScore Of(Sampler prediction, Tensor examples, Measure measure, Func<Tensor, (Tensor Log, Evidence Evidence)> score)
    {
        (Tensor log, Evidence evidence) = score(examples);

        // Several numbers of one example belong together.
        double[] each = log.To(Device.Cpu).Cast(DType.Float64).Reshape(examples.Shape[0], log.Size / examples.Shape[0]).Sum(-1).ToDoubles();
        var hash = default(HashCode);
        hash.AddBytes(MemoryMarshal.AsBytes(examples.To(Device.Cpu).Cast(DType.Float32).AsSpan<float>()));
        return new() { Each = each, Example = examples.Shape[1..], Measure = measure, Evidence = evidence, Fingerprint = hash.ToHashCode() };
    }

    private static TOut Predict<TOut>(Model<TOut> model, Tensor x) where TOut : Sampler
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(x);
        TrainingData.RequireFinite(x, "inputs", nameof(Score));
        return model.Predict(x);
    }

    /// <summary>Observations of the prediction's type, after a check of their shape: one for each prediction, or any number of one for all.</summary>
    private static Tensor Examples(Sampler prediction, Tensor y, bool isCommon)
    {
        ArgumentNullException.ThrowIfNull(y);
        Shape one = prediction.BatchShape.Concat(prediction.EventShape);
        bool fits = isCommon ? y.Rank == one.Rank + 1 && y.Shape[1..] == one : y.Shape == one;
        if (!fits || y.Size == 0)
        {
            throw new ShapeException(
                $"Score: the observations have shape {y.Shape}, but the prediction {TypeName.Of(prediction.GetType())} has batch shape {prediction.BatchShape} and event shape "
                + $"{prediction.EventShape}: they must be of shape {(isCommon ? ShapeText.Batch(one) : $"{one}")}, and at least one.");
        }

        TrainingData.RequireFinite(y, "observations", nameof(Score));
        return y.Cast(prediction.DType);
    }
}
