using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>What a loss may need beyond prediction and target.</summary>
/// <param name="Key">The source of randomness of a stochastic loss.</param>
/// <param name="Progress">How far training is, from 0 to 1: a scalar, which is an input of a compiled step; a number converts.</param>
/// <param name="IsTraining">Whether the loss is one to train by, and not to validate by: dropout in the head's own layers drops only then.</param>
public readonly record struct LossContext(RandomKey Key, Tensor Progress, bool IsTraining = true)
{
    /// <summary>The context of layers that the loss runs through, with a key of their own.</summary>
    public ForwardContext Forward => IsTraining ? ForwardContext.Training(Key.FoldIn(0)) : ForwardContext.Inference;
}
