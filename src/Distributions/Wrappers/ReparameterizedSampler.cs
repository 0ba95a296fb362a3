using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>What a wrapper around a reparameterized distribution hands out.</summary>
internal sealed class ReparameterizedSampler(Func<RandomKey, Shape, Tensor> sample) : IReparameterized
{
    public Tensor RSample(RandomKey key, Shape shape = default) => sample(key, shape);
}
