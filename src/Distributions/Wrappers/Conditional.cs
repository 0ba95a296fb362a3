using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>A distribution as a function of what is known: p(x | context).</summary>
/// <typeparam name="T">The distribution.</typeparam>
/// <param name="given">From the context, [..., features], to the distribution, whose batch shape is that of the context without its last axis.</param>
public sealed class Conditional<T>(Func<Tensor, T> given) where T : Distribution
{
    /// <summary>The distribution for a context.</summary>
    /// <param name="context">What is known, [..., features].</param>
    public T Given(Tensor context) => given(context);

    /// <summary>ln p(value | context).</summary>
    /// <param name="value">Outcomes, broadcast against batch + event.</param>
    /// <param name="context">What is known, [..., features].</param>
    public Tensor LogProb(Tensor value, Tensor context) => Given(context).LogProb(value);

    /// <summary>Draws given the context, of shape <paramref name="shape"/> + batch + event.</summary>
    /// <param name="key">The source of randomness.</param>
    /// <param name="context">What is known, [..., features].</param>
    /// <param name="shape">The sample shape.</param>
    public Tensor Sample(RandomKey key, Tensor context, Shape shape = default) => Given(context).Sample(key, shape);

    /// <summary>Another context in front: p(x | function(context)).</summary>
    /// <param name="function">From the new context to the one that this distribution takes.</param>
    public Conditional<T> After(Func<Tensor, Tensor> function) => new(context => Given(function(context)));
}
