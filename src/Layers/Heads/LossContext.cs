using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>What a loss may need beyond prediction and target.</summary>
/// <param name="Key">The source of randomness of a stochastic loss.</param>
/// <param name="Progress">How far training is, from 0 to 1: a scalar, which is an input of a compiled step; a number converts.</param>
public readonly record struct LossContext(RandomKey Key, Tensor Progress);
