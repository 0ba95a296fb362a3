using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>The number of successes in n trials: mass C(n, k)·pᵏ·(1 − p)ⁿ⁻ᵏ on {0, …, n}.</summary>
public sealed class Binomial : CountFamily
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="totalCount">n, the number of trials; a whole number from 0.</param>
    /// <param name="probs">p, the probability of success, in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public Binomial(Tensor totalCount, Tensor probs)
        : base(FamilyParameter.Count(nameof(totalCount), totalCount), FamilyParameter.UnitInterval(nameof(probs), probs))
    {
    }

    /// <summary>n, the number of trials; a whole number from 0.</summary>
    public Tensor TotalCount => this[0];

    /// <summary>p, the probability of success, in [0, 1].</summary>
    public Tensor Probs => this[1];

    /// <inheritdoc/>
    public override Support Support => Support.IntegerInterval(0.0, TotalCount);

    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Estimate.Exact(Wide(TotalCount * Probs));

    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null) => Estimate.Exact(Wide(TotalCount * Probs * (1 - Probs)));

    /// <inheritdoc/>
    public override Tensor Mode => Wide(Gradient.Stop(Tensor.Minimum(((TotalCount + 1) * Probs).Floor(), TotalCount)));

    /// <summary>(y − np)·(2F(y) − 1) + 2p·(n − ⌊y⌋)·f(⌊y⌋) − ½·E|X − X′| (Wei and Held 2014).</summary>
    /// <inheritdoc/>
    public override Tensor Crps(Tensor value)
    {
        Tensor y = CheckValue(value, nameof(Crps)), inside = (y >= 0) & (y < TotalCount) | y.IsNaN(), k = Tensor.Where(inside, y, 0.0).Floor();
        Tensor mass = Tensor.Where(inside, (TotalCount - k) * LogMass(k).Exp(), 0.0);
        return ((y - (TotalCount * Probs)) * ((2 * Cdf(y)) - 1)) + (2 * Probs * mass) - Spread;
    }

    /// <inheritdoc/>
    public override Evidence CrpsEvidence => Evidence.Exact;

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape) =>
        key.Binomial(Gradient.Stop(TotalCount).BroadcastTo(BatchShape), Gradient.Stop(Probs).BroadcastTo(BatchShape), shape);

    private protected override Tensor Top => TotalCount;

    // |φ|² = (1 − 2p(1 − p)(1 − cos t))ⁿ.
    private Tensor Spread
    {
        get
        {
            Tensor n = TotalCount.Cast(DType.Float64).Unsqueeze(-1), p = Probs.Cast(DType.Float64).Unsqueeze(-1), variance = p * (1 - p);
            return CountDifference.Half(c => -(n * (-2 * variance * c).Log1p()).Expm1(), 0.25 / (1 + (n * variance)).Sqrt()).Cast(DType);
        }
    }

    private protected override Tensor LogMass(Tensor k) => LogMass(TotalCount, Probs, k);

    private protected override Tensor MassUpTo(Tensor k) => IncompleteBeta.Upper.Apply(k + 1, Left(k), Probs);

    private protected override Tensor LogMassUpTo(Tensor k) => IncompleteBeta.LogUpper.Apply(k + 1, Left(k), Probs);

    private protected override Tensor MassAbove(Tensor k) => IncompleteBeta.Lower.Apply(k + 1, Left(k), Probs);

    private protected override Tensor LogMassAbove(Tensor k) => IncompleteBeta.LogLower.Apply(k + 1, Left(k), Probs);

    // n − k, which is above 0 below the greatest outcome; without trials there is nothing below it.
    private Tensor Left(Tensor k) => Tensor.Maximum(TotalCount - k, 1.0);

    /// <summary>
    /// ln C(n, k) + k·ln p + (n − k)·ln(1 − p) for real n and k, as the product of two Poisson masses over a third (Loader 2000), which keeps its digits for
    /// large n.
    /// </summary>
    internal static Tensor LogMass(Tensor count, Tensor probs, Tensor k)
    {
        // Without trials there is one outcome, and no rate to divide by.
        Tensor none = count.EqualTo(0.0), n = Tensor.Where(none, 1.0, count);
        Tensor log = PoissonLogMass.Instance.Apply(k, n * probs) + PoissonLogMass.Instance.Apply(n - k, n * (1 - probs)) - PoissonLogMass.Instance.Apply(n, n);
        return Tensor.Where(none, 0.0, log);
    }
}
