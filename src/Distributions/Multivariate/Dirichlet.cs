using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The Dirichlet distribution on the simplex: density ∏ xᵢ^(αᵢ − 1)/B(α), with respect to all coordinates but the last.</summary>
public sealed class Dirichlet : Distribution, IReparameterized
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="concentration">α, [..., K]; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A concentration is not above 0.</exception>
    /// <exception cref="ShapeException">There is no axis that lists the coordinates.</exception>
    public Dirichlet(Tensor concentration)
    {
        concentration = ParameterChecks.Single(nameof(Dirichlet), concentration);
        Concentration = ParameterChecks.Positive(
            nameof(Dirichlet), nameof(concentration), LinearMaps.RequireVector(nameof(Dirichlet), nameof(concentration), concentration));
    }

    /// <summary>α, [..., K].</summary>
    public Tensor Concentration { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<(string Name, Tensor Value)> Parameters => [("concentration", Concentration)];

    /// <inheritdoc/>
    public override Shape BatchShape => Concentration.Shape[..^1];

    /// <inheritdoc/>
    public override Shape EventShape => Concentration.Shape[^1..];

    /// <inheritdoc/>
    public override Support Support => Support.Simplex;

    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Estimate.Exact(Concentration / Total);

    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null)
    {
        Tensor mean = Concentration / Total;
        return Estimate.Exact(mean * ((Total - Concentration) / Total) / (Total + 1));
    }

    /// <summary>
    /// (α − 1)⁺ divided by its sum; the corner of the largest concentration where all are below 1, and the density is infinite; the centre where all
    /// are 1, and the density is flat.
    /// </summary>
    public override Tensor Mode
    {
        get
        {
            Tensor above = Tensor.Maximum(Concentration - 1, 0.0), sum = above.Sum(-1, keepDims: true), none = sum.EqualTo(0.0);
            Tensor flat = Concentration.EqualTo(1.0).All(-1, keepDims: true);
            Tensor corner = Concentration.ArgMax(-1).OneHot(EventShape[0], DType);
            Tensor otherwise = Tensor.Where(flat, Tensor.Full(EventShape, 1.0 / EventShape[0], DType), corner);
            return Tensor.Where(none, otherwise, above / Tensor.Where(none, 1.0, sum));
        }
    }

    /// <summary>Σ h(αᵢ) − h(α₀) − (K − 1)·ψ(α₀) with h the entropy of a Gamma variate: independent ones are a draw and its length.</summary>
    /// <inheritdoc/>
    public override Estimate Entropy(RandomKey? key = null)
    {
        Tensor total = Total.Squeeze(-1);
        return Estimate.Exact(GammaEntropy.Of(Concentration).Sum(-1) - GammaEntropy.Of(total) - ((EventShape[0] - 1) * total.Digamma()));
    }

    /// <summary>
    /// Σ p(αᵢ − 1; c·xᵢ) − p(α₀ − 1; c) + (K − 1)·ln c with p the log mass of Poisson and c = α₀: logarithms of gamma functions do not appear, and do not cancel.
    /// </summary>
    /// <inheritdoc/>
    public override Tensor LogDensity(Tensor value)
    {
        // c drops out, and with it its derivative: c·(1 − Σ xᵢ) is 0, and gives the coordinates the derivative of the density's own formula.
        Tensor total = Total, scale = Gradient.Stop(total), rest = value - Gradient.Stop(value);
        Tensor parts = (GammaLogDensity.Instance.Apply(Concentration, scale * value) + (scale * rest)).Sum(-1);
        return parts - (GammaLogDensity.Instance.Apply(total, scale) - ((EventShape[0] - 1) * scale.Log())).Squeeze(-1);
    }

    /// <summary>Gamma draws over their sum, in log space, with implicit gradients: a small concentration does not round the draw to 0/0.</summary>
    /// <inheritdoc/>
    public Tensor RSample(RandomKey key, Shape shape = default) => Gamma.StandardLogSample(key, Concentration, shape).Softmax();

    /// <summary>The logarithms of draws, which stay finite where a coordinate is too small for a number.</summary>
    /// <param name="key">The source of randomness.</param>
    /// <param name="shape">The sample shape.</param>
    public Tensor LogSample(RandomKey key, Shape shape = default) => Gamma.StandardLogSample(key, Concentration, shape).LogSoftmax();

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => RSample(key, shape);

    private Tensor Total => Concentration.Sum(-1, keepDims: true);
}
