using ProbNet.Autodiff;

namespace ProbNet.Layers;

/// <summary>What a loss may need beyond prediction and target.</summary>
/// <param name="Key">The source of randomness of a stochastic loss.</param>
/// <param name="Progress">How far training is, from 0 to 1.</param>
public readonly record struct LossContext(RandomKey Key, double Progress);
