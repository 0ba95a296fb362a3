using ProbNet.Autodiff;

namespace ProbNet.Inference;

/// <summary>The examples of a training step, and where in the run it is.</summary>
/// <param name="Rows">Which rows of the training part, Int64.</param>
/// <param name="Key">The source of randomness of this step.</param>
/// <param name="Progress">How far training is, from 0 to 1: a scalar of the model's type.</param>
/// <param name="AverageRate">By which part the averages of the weights move to the weights: a scalar of the model's type.</param>
internal readonly record struct Batch(Tensor Rows, RandomKey Key, Tensor Progress, Tensor AverageRate);
