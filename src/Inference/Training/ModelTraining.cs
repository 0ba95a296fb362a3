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
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(x);
        if (model.TakesNoInputs && !(x.Rank == 2 && x.Shape[1] == 0))
        {
            throw new ShapeException(
                $"Fit: the model was made by Model.Unconditional, without inputs, but got some of shape {x.Shape}; use Fit(y), or Model.Sequential for a model with inputs.");
        }

        options ??= new FitOptions();
        options.Validate();
        return new Trainer<TOut>(model, TrainingData.Create(model, x, y, options), options).Run();
    }

    /// <summary>Trains a model without inputs (<see cref="Model.Unconditional"/>) on examples of what it shall be the distribution of.</summary>
    /// <param name="model">The model.</param>
    /// <param name="y">Examples [n] + the head's target shape; finite and in the support of the prediction.</param>
    /// <param name="options">How; null for the defaults. Of its <see cref="FitOptions.ValidationData"/> the inputs are not looked at but for their number.</param>
    /// <inheritdoc cref="Fit{TOut}(Model{TOut}, Tensor, Tensor, FitOptions)" path="/returns|/exception"/>
    public static History Fit<TOut>(this Model<TOut> model, Tensor y, FitOptions? options = null) where TOut : Sampler
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(y);
        if (y.Rank == 0)
        {
            throw new ShapeException("Fit: the examples are a scalar; they need a batch axis.");
        }

        if (model.IsBuilt && !model.IsUnconditional)
        {
            throw new ShapeException($"Fit: the model was built for inputs of shape {model.InputShape}; give it inputs and targets.");
        }

        if (!model.IsBuilt && model.Body is not Sequential { Layers.Count: 0 })
        {
            throw new ShapeException(
                "Fit: the model has layers in front of its head, which need inputs: Fit(x, y). For the distribution of y alone use Model.Unconditional(head).");
        }

        return model.Fit(Tensor.Zeros([y.Shape[0], 0], model.DType), y, options);
    }
}
