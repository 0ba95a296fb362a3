using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>
/// The number of successes, each with probability p, before the r-th failure, for real r: mass Γ(k + r)/(k!·Γ(r))·pᵏ·(1 − p)ʳ. A
/// Poisson whose rate is Gamma(r, (1 − p)/p).
/// </summary>
public sealed class NegativeBinomial : CountFamily
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="totalCount">r, the number of failures, above 0; large values come close to a Poisson.</param>
    /// <param name="probs">p, the probability of success, strictly between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public NegativeBinomial(Tensor totalCount, Tensor probs)
        : base(FamilyParameter.Positive(nameof(totalCount), totalCount), FamilyParameter.OpenUnitInterval(nameof(probs), probs))
    {
    }

    /// <summary>r, the number of failures, above 0; large values come close to a Poisson.</summary>
    public Tensor TotalCount => this[0];

    /// <summary>p, the probability of success, strictly between 0 and 1.</summary>
    public Tensor Probs => this[1];

    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Estimate.Exact(Wide(TotalCount * Odds));

    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null) => Estimate.Exact(Wide(TotalCount * Odds / (1 - Probs)));

    /// <inheritdoc/>
    public override Tensor Mode => Wide(Gradient.Stop((Tensor.Maximum(TotalCount - 1, 0.0) * Odds).Floor()));

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape)
    {
        (RandomKey gamma, RandomKey poisson) = key.Split();
        Tensor rate = (gamma.LogGamma(Gradient.Stop(TotalCount).BroadcastTo(BatchShape), shape) + Gradient.Stop(Odds).Log()).Exp();
        return poisson.Poisson(rate);
    }

    private Tensor Odds => Probs / (1 - Probs);

    private protected override Tensor LogMass(Tensor k) => Binomial.LogMass(TotalCount + k, Probs, k) - (k / TotalCount).Log1p();

    private protected override Tensor MassUpTo(Tensor k) => IncompleteBeta.Upper.Apply(k + 1, TotalCount, Probs);

    private protected override Tensor LogMassUpTo(Tensor k) => IncompleteBeta.LogUpper.Apply(k + 1, TotalCount, Probs);

    private protected override Tensor MassAbove(Tensor k) => IncompleteBeta.Lower.Apply(k + 1, TotalCount, Probs);

    private protected override Tensor LogMassAbove(Tensor k) => IncompleteBeta.LogLower.Apply(k + 1, TotalCount, Probs);
}
