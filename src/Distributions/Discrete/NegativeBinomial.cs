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

    /// <summary>(y − μ)·(2F(y) − 1) + 2p/(1 − p)·(r + ⌊y⌋)·f(⌊y⌋) − ½·E|X − X′| (Wei and Held 2014).</summary>
    /// <inheritdoc/>
    public override Tensor Crps(Tensor value)
    {
        Tensor y = CheckValue(value, nameof(Crps)), negative = y < 0, k = Tensor.Where(negative, 0.0, y).Floor();
        Tensor mass = Tensor.Where(negative, 0.0, LogMass(k).Exp());
        return ((y - (TotalCount * Odds)) * ((2 * Cdf(y)) - 1)) + (2 * Odds * (TotalCount + k) * mass) - Spread;
    }

    /// <inheritdoc/>
    public override Evidence CrpsEvidence => Evidence.Exact;

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape)
    {
        (RandomKey gamma, RandomKey poisson) = key.Split();
        Tensor rate = (gamma.LogGamma(Gradient.Stop(TotalCount).BroadcastTo(BatchShape), shape) + Gradient.Stop(Odds).Log()).Exp();
        return poisson.Poisson(rate);
    }

    // |φ|² = (1 + 2p(1 − cos t)/(1 − p)²)^−r.
    private Tensor Spread
    {
        get
        {
            Tensor r = TotalCount.Cast(DType.Float64).Unsqueeze(-1), p = Probs.Cast(DType.Float64).Unsqueeze(-1), scale = (1 - p) / p.Sqrt();
            Tensor unit = Tensor.Minimum(scale, scale / r.Sqrt()) / 4;
            return CountDifference.Half(c => -(-r * (2 * c / scale.Square()).Log1p()).Expm1(), unit).Cast(DType);
        }
    }

    private Tensor Odds => Probs / (1 - Probs);

    // As Binomial.LogMass of r + k trials, but with r itself, of which (r + k) − k has lost digits where k is far larger.
    private protected override Tensor LogMass(Tensor k)
    {
        Tensor r = TotalCount, n = r + k;
        Tensor binomial = PoissonLogMass.Instance.Apply(k, n * Probs) + PoissonLogMass.Instance.Apply(r, n * (1 - Probs)) - PoissonLogMass.Instance.Apply(n, n);
        return binomial - (k / r).Log1p();
    }

    private protected override Tensor MassUpTo(Tensor k) => IncompleteBeta.Upper.Apply(k + 1, TotalCount, Probs);

    private protected override Tensor LogMassUpTo(Tensor k) => IncompleteBeta.LogUpper.Apply(k + 1, TotalCount, Probs);

    private protected override Tensor MassAbove(Tensor k) => IncompleteBeta.Lower.Apply(k + 1, TotalCount, Probs);

    private protected override Tensor LogMassAbove(Tensor k) => IncompleteBeta.LogLower.Apply(k + 1, TotalCount, Probs);
}
