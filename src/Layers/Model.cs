using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>Makes models.</summary>
public static class Model
{
    /// <summary>A model of layers one after the other, ending in a head.</summary>
    /// <param name="layers">The layers, first to last; may be empty.</param>
    /// <param name="head">The head: what a prediction is.</param>
    /// <param name="dtype">The type of the parameters.</param>
    public static Model<TOut> Sequential<TOut>(IReadOnlyList<Layer> layers, Head<TOut> head, DType dtype = DType.Float32) where TOut : Sampler =>
        new(new Sequential(layers), head, dtype);

    /// <summary>
    /// A model without inputs: the head alone, one distribution for all examples. <c>model.Fit(y)</c> trains it, <c>model.Predict()</c> is that distribution.
    /// </summary>
    /// <param name="head">The head: what the distribution is.</param>
    /// <param name="dtype">The type of the parameters.</param>
    public static Model<TOut> Unconditional<TOut>(Head<TOut> head, DType dtype = DType.Float32) where TOut : Sampler =>
        new(new Sequential([]), head, dtype) { TakesNoInputs = true };

    /// <summary>Reads a model that <see cref="Model{TOut}.Save"/> wrote: it predicts bit for bit what the saved one did.</summary>
    /// <typeparam name="TOut">What a prediction is; must be what the saved head predicts.</typeparam>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">
    /// The file is damaged, holds other tensors than the model that it describes, or a head of another output; the message lists what differs.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Model<TOut> Load<TOut>(string path) where TOut : Sampler => ModelFile.Load<TOut>(path);
}
