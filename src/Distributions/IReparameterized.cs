using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// A distribution whose draws are differentiable in its parameters: by transforming parameter-free noise, or by implicit differentiation of the
/// distribution function (Figurnov, Mohamed and Mnih 2018).
/// </summary>
public interface IReparameterized
{
    /// <summary>Draws of shape <paramref name="shape"/> + batch + event through which gradients flow to the parameters.</summary>
    /// <param name="key">The source of randomness: the same key gives the same draws.</param>
    /// <param name="shape">The sample shape.</param>
    Tensor RSample(RandomKey key, Shape shape = default);
}
