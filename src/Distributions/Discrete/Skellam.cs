using ProbNet.Autodiff;

namespace ProbNet.Distributions;

/// <summary>Skellam's distribution (1946), of the difference of two independent Poisson counts: mass exp(−λ₁ − λ₂)·(λ₁/λ₂)^(k/2)·I_k(2√(λ₁λ₂)) on all whole numbers.</summary>
public sealed class Skellam : CountFamily
{
    /// <summary>Creates the distribution.</summary>
    /// <param name="rate1">λ₁, the rate of the count that is added; above 0.</param>
    /// <param name="rate2">λ₂, the rate of the count that is subtracted; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public Skellam(Tensor rate1, Tensor rate2)
        : base(FamilyParameter.Positive(nameof(rate1), rate1), FamilyParameter.Positive(nameof(rate2), rate2))
    {
    }

    /// <summary>λ₁, the rate of the count that is added; above 0.</summary>
    public Tensor Rate1 => this[0];

    /// <summary>λ₂, the rate of the count that is subtracted; above 0.</summary>
    public Tensor Rate2 => this[1];

    /// <inheritdoc/>
    public override Support Support => Support.Integers;

    /// <inheritdoc/>
    public override Estimate Mean(RandomKey? key = null) => Estimate.Exact(Wide(Rate1 - Rate2));

    /// <inheritdoc/>
    public override Estimate Variance(RandomKey? key = null) => Estimate.Exact(Wide(Rate1 + Rate2));

    /// <inheritdoc/>
    public override Tensor Mode => NumericMode.Find(this);

    // The mode is searched for among these sums, so that it cannot end their panels.
    internal override Tensor? Peaks => null;

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape)
    {
        (RandomKey first, RandomKey second) = key.Split();
        return first.Poisson(Gradient.Stop(Rate1).BroadcastTo(BatchShape), shape) - second.Poisson(Gradient.Stop(Rate2).BroadcastTo(BatchShape), shape);
    }

    private protected override Tensor Bottom => double.NegativeInfinity;

    private protected override Tensor LogMass(Tensor k) => SkellamLogMass.Instance.Apply(Rate1, Rate2, k);

    private protected override Tensor MassUpTo(Tensor k) => SkellamTail.Cdf.Apply(Rate1, Rate2, k);

    private protected override Tensor LogMassUpTo(Tensor k) => SkellamTail.LogCdf.Apply(Rate1, Rate2, k);

    private protected override Tensor MassAbove(Tensor k) => SkellamTail.Survival.Apply(Rate1, Rate2, k);

    private protected override Tensor LogMassAbove(Tensor k) => SkellamTail.LogSurvival.Apply(Rate1, Rate2, k);
}
