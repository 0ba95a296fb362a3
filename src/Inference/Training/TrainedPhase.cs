using ProbNet.Autodiff;
using ProbNet.Distributions;
using ProbNet.Layers;

namespace ProbNet.Inference;

/// <summary>A phase of training in a run.</summary>
/// <param name="Parameters">What it changes.</param>
/// <param name="Averages">The averages of these, in the same order; empty if none are kept.</param>
/// <param name="Optimizer">How.</param>
/// <param name="Loss">The loss of each example.</param>
/// <param name="Repeats">How many batches in a row are its.</param>
internal sealed record TrainedPhase<TOut>(
    IReadOnlyList<Parameter> Parameters, IReadOnlyList<Parameter> Averages, Optimizer Optimizer, Func<TOut, Tensor, LossContext, Tensor> Loss, int Repeats) where TOut : Sampler;
