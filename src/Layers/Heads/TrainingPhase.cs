using ProbNet.Autodiff;
using ProbNet.Distributions;

namespace ProbNet.Layers;

/// <summary>One of several kinds of training steps of a head, which take turns from batch to batch: each lowers a loss of its own by parameters of its own.</summary>
/// <typeparam name="TOut">What a prediction is.</typeparam>
/// <param name="Name">What it trains.</param>
/// <param name="Parameters">The parameters that it changes. All others are constants in it.</param>
/// <param name="Loss">The loss of each example, [n], as <see cref="Head{TOut}.Loss"/>.</param>
public sealed record TrainingPhase<TOut>(string Name, IReadOnlyList<Parameter> Parameters, Func<TOut, Tensor, LossContext, Tensor> Loss) where TOut : Sampler
{
    /// <summary>How many batches in a row are its, before the next phase has its turn; at least 1.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>Whether it changes the parameters of the model's body too.</summary>
    public bool TrainsBody { get; init; }
}
