using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The number of failures before the first success: mass p·(1 − p)ᵏ on {0, 1, 2, …}.</summary>
public sealed class Geometric : CountFamily
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="probs">p, the probability of success, strictly between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public Geometric(Tensor probs)
        : base(FamilyParameter.OpenUnitInterval(nameof(probs), probs))
    {
    }

    /// <summary>p, the probability of success, strictly between 0 and 1.</summary>
    public Tensor Probs => this[0];

    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Estimate.Exact(Wide((1 - Probs) / Probs));

    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null) => Estimate.Exact(Wide((1 - Probs) / Probs.Square()));

    /// <inheritdoc/>
    public override Tensor Mode => Tensor.Zeros(BatchShape, DType);

    /// <inheritdoc/>
    public override Tensor Crps(Tensor value) => ClosedFormCrps.Geometric(Probs, CheckValue(value, nameof(Crps)));

    /// <inheritdoc/>
    public override Evidence CrpsEvidence => Evidence.Exact;

    /// <inheritdoc/>
    public override Estimate Entropy(RandomKey? key = null) => Estimate.Exact(Wide(-(Probs.Log() + ((1 - Probs) / Probs * (-Probs).Log1p()))));

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) => (key.Exponential(SampleShape(shape), DType) / -(-Probs).Log1p()).Floor();

    private protected override Tensor LogMass(Tensor k) => Probs.Log() + (k * (-Probs).Log1p());

    private protected override Tensor MassUpTo(Tensor k) => -LogMassAbove(k).Expm1();

    private protected override Tensor LogMassUpTo(Tensor k) => LogMassAbove(k).Log1mExp();

    private protected override Tensor MassAbove(Tensor k) => LogMassAbove(k).Exp();

    private protected override Tensor LogMassAbove(Tensor k) => (k + 1) * (-Probs).Log1p();
}
