using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The Concrete or Gumbel-softmax distribution on the simplex, a differentiable stand-in for one of K classes: softmax((ℓ + G)/τ) with Gumbel noise G (Maddison,
/// Mnih and Teh 2017; Jang, Gu and Poole 2017).
/// </summary>
public sealed class RelaxedOneHotCategorical : Distribution, IReparameterized
{
    private readonly ExpRelaxedCategorical _logarithm;

    /// <summary>Creates the distribution.</summary>
    /// <param name="temperature">τ, [...]; above 0. The smaller, the closer to one class.</param>
    /// <param name="logits">ℓ, unnormalised log probabilities, [..., K].</param>
    /// <exception cref="ArgumentOutOfRangeException">The temperature is not above 0.</exception>
    public RelaxedOneHotCategorical(Tensor temperature, Tensor logits) => _logarithm = new(temperature, logits);

    /// <summary>τ.</summary>
    public Tensor Temperature => _logarithm.Temperature;

    /// <summary>ℓ, unnormalised log probabilities, [..., K].</summary>
    public Tensor Logits => _logarithm.Logits;

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => _logarithm.Parameters;

    /// <inheritdoc/>
    public override Shape BatchShape => _logarithm.BatchShape;

    /// <inheritdoc/>
    public override Shape EventShape => _logarithm.EventShape;

    /// <inheritdoc/>
    public override Support Support => Support.Simplex;

    /// <summary>NaN: no formula.</summary>
    public override Tensor Mode => Tensor.Full(SampleShape(Shape.Scalar), double.NaN, DType);

    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value)
    {
        Tensor log = value.Log();
        return _logarithm.LogDensity(log) - log.Sum(-1);
    }

    /// <inheritdoc/>
    public Tensor RSample(RandomKey key, Shape shape = default) => _logarithm.RSample(key, shape).Exp();

    /// <summary>
    /// Draws rounded to the class with the largest part, with the gradient of the unrounded draw: straight-through Gumbel-softmax (Jang, Gu and Poole 2017),
    /// which is biased.
    /// </summary>
    /// <param name="key">The source of randomness.</param>
    /// <param name="shape">The sample shape.</param>
    public Tensor StraightThroughSample(RandomKey key, Shape shape = default)
    {
        Tensor soft = RSample(key, shape);
        return soft.ArgMax(-1).OneHot(EventShape[0], DType) + (soft - Gradient.Stop(soft));
    }

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => RSample(key, shape);
}
