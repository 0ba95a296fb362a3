using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The logarithm of a <see cref="RelaxedOneHotCategorical"/> outcome: y = (ℓ + G)/τ − ln Σ exp((ℓ + G)/τ) with Gumbel noise G (Maddison, Mnih and Teh 2017). Working
/// with logarithms loses nothing where a coordinate is near 0.
/// </summary>
public sealed class ExpRelaxedCategorical : Distribution, IReparameterized
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="temperature">τ, [...]; above 0. The smaller, the closer to one class.</param>
    /// <param name="logits">ℓ, unnormalised log probabilities, [..., K].</param>
    /// <exception cref="ArgumentOutOfRangeException">The temperature is not above 0.</exception>
    /// <exception cref="ShapeException">There is no axis that lists the classes.</exception>
    public ExpRelaxedCategorical(Tensor temperature, Tensor logits)
    {
        const string Self = nameof(ExpRelaxedCategorical);
        Logits = LinearMaps.RequireVector(Self, nameof(logits), ParameterChecks.Single(Self, logits));
        Temperature = ParameterChecks.Positive(Self, nameof(temperature), ParameterChecks.Literal(temperature, logits.DType));
        BatchShape = Shape.Broadcast(Temperature.Shape, logits.Shape[..^1], Self);
    }

    /// <summary>τ.</summary>
    public Tensor Temperature { get; }

    /// <summary>ℓ, unnormalised log probabilities, [..., K].</summary>
    public Tensor Logits { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("temperature", Temperature), ("logits", Logits)];

    /// <inheritdoc/>
    public override Shape BatchShape { get; }

    /// <inheritdoc/>
    public override Shape EventShape => Logits.Shape[^1..];

    /// <inheritdoc/>
    public override Support Support => Support.LogSimplex;

    /// <summary>Where τ·yᵢ = ℓᵢ up to a constant.</summary>
    public override Tensor Mode => (Logits / Temperature.Unsqueeze(-1)).LogSoftmax();

    /// <summary>ln Γ(K) + (K − 1)·ln τ + Σ ln softmax(ℓ − τ·y)ᵢ.</summary>
    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value)
    {
        int classes = EventShape[0];
        Tensor score = (Logits - (Temperature.Unsqueeze(-1) * value)).LogSoftmax();
        return score.Sum(-1) + ((classes - 1) * Temperature.Log()) + Special.LogGamma(classes);
    }

    /// <inheritdoc/>
    public Tensor RSample(RandomKey key, Shape shape = default) =>
        ((Logits + key.Gumbel(SampleShape(shape), DType)) / Temperature.Unsqueeze(-1)).LogSoftmax();

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => RSample(key, shape);
}
