using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Inference;

/// <summary>A step of training: forward, backward and the optimizer's update, which is made only if all numbers are finite.</summary>
/// <param name="model">The model, built.</param>
/// <param name="phase">What is trained, and by which loss.</param>
/// <param name="examples">Inputs and targets of the training part, standardized.</param>
/// <param name="dequantize">Adds noise to targets, where that is asked for, from a key.</param>
internal abstract class TrainingStep<TOut>(
    Model<TOut> model, TrainedPhase<TOut> phase, (Tensor X, Tensor Y) examples, Func<Tensor, RandomKey, Tensor> dequantize)
    where TOut : Sampler
{
    /// <summary>What is trained.</summary>
    public TrainedPhase<TOut> Phase { get; } = phase;

    /// <summary>Takes a step; what became of it, or null if that is known from <see cref="EndEpoch"/> only.</summary>
    public abstract StepResult? Take(Batch batch);

    /// <summary>What became of the steps since the last epoch whose results were not known; null if all were.</summary>
    public virtual EpochTotals? EndEpoch() => null;

    /// <summary>The mean loss of a batch.</summary>
    public Tensor Loss(Batch batch)
    {
        (RandomKey forward, RandomKey loss) = batch.Key.Split();
        TOut prediction = model.Forward(examples.X.IndexSelect(0, batch.Rows), ForwardContext.Training(forward));
        Tensor y = dequantize(examples.Y.IndexSelect(0, batch.Rows), batch.Key);
        return Phase.Loss(prediction, y, new LossContext(loss, batch.Progress)).Mean();
    }

    /// <summary>Moves the averages of the weights to the weights as they are before the step, which a compiled step can still read.</summary>
    protected void MoveAverages(Tensor rate)
    {
        foreach ((Parameter weight, Parameter average) in Phase.Parameters.Zip(Phase.Averages))
        {
            average.Value += rate * (weight.Value - average.Value);
        }
    }
}
