using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Inference;

/// <summary>A step of training: forward, backward and the optimizer's update, which is made only if all numbers are finite.</summary>
internal abstract class TrainingStep<TOut> where TOut : Sampler
{
    private readonly Model<TOut> _model;
    private readonly Tensor _x;
    private readonly Tensor _y;

    /// <summary>Creates a step.</summary>
    /// <param name="model">The model, built.</param>
    /// <param name="x">The inputs of the training part, standardized.</param>
    /// <param name="y">Its targets, standardized.</param>
    protected TrainingStep(Model<TOut> model, Tensor x, Tensor y) => (_model, _x, _y) = (model, x, y);

    /// <summary>Takes a step; what became of it, or null if that is known from <see cref="EndEpoch"/> only.</summary>
    public abstract StepResult? Take(Batch batch);

    /// <summary>What became of the steps since the last epoch whose results were not known; null if all were.</summary>
    public virtual EpochTotals? EndEpoch() => null;

    /// <summary>The mean loss of a batch.</summary>
    public Tensor Loss(Batch batch)
    {
        (RandomKey forward, RandomKey loss) = batch.Key.Split();
        TOut prediction = _model.Forward(_x.IndexSelect(0, batch.Rows), ForwardContext.Training(forward));
        return _model.Head.Loss(prediction, _y.IndexSelect(0, batch.Rows), new LossContext(loss, batch.Progress)).Mean();
    }
}
