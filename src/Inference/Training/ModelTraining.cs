using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Inference;

/// <summary>Training of models.</summary>
public static class ModelTraining
{
    /// <summary>
    /// Trains a model on examples by its head's loss. Parameters are created at the first call; a second call goes on training, with the standardization
    /// of the first.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="x">Inputs [n, …], or [n] for a single feature, of any numeric type; finite.</param>
    /// <param name="y">Targets [n] + the head's target shape; finite and in the support of the prediction.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <returns>The losses of every epoch, in the units of the data.</returns>
    /// <exception cref="ArgumentException">The data or options are refused: the message names the row, column, shape or option. Nothing has
    /// changed.</exception>
    /// <exception cref="TrainingDivergedException">The loss or its gradient became NaN or infinite; the message names the operation and the batch.</exception>
    /// <exception cref="OperationCanceledException">Training was cancelled; the model keeps the weights that it had (the best, if they are
    /// restored).</exception>
    public static History Fit<TOut>(this Model<TOut> model, Tensor x, Tensor y, FitOptions? options = null) where TOut : Sampler
    {
        options ??= new FitOptions();
        options.Validate();
        return new Trainer<TOut>(model, TrainingData.Create(model, x, y, options), options).Run();
    }
}
